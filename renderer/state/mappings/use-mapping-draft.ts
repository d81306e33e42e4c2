import { useEffect } from 'react'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import { useConsole } from '../console-context.ts'
import { isChanged, type MappingDraft } from './mapping-draft.ts'
import { draftKey } from './mappings-slice.ts'

/** The draft of a mapping and the hands on it; null before there is one. */
export interface DraftInHand extends MappingDraft {
  readonly document: MappingDocument
  readonly changed: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  edit(change: (document: MappingDocument) => MappingDocument, step?: string): void
  undo(): void
  redo(): void
}

/** Begins a draft on the newest version, or takes up the one that is there. */
export function useMappingDraft(newest: MappingVersion): DraftInHand | null {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const key = draftKey(workspace, newest.mappingId)
  const draft = useConsole((state) => state.mappings.drafts[key])
  const { begin, edit, undo, redo } = useConsole((state) => state.mappings)
  useEffect(() => begin(newest), [begin, newest, workspace])
  if (draft === undefined) return null
  return {
    ...draft,
    document: draft.history.present,
    changed: isChanged(draft),
    canUndo: draft.history.past.length > 0,
    canRedo: draft.history.future.length > 0,
    edit: (change, step) => edit(key, change, step),
    undo: () => undo(key),
    redo: () => redo(key),
  }
}

/** Names of the mappings that have a draft with changes. */
export function useChangedDrafts(): ReadonlySet<string> {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const drafts = useConsole((state) => state.mappings.drafts)
  const names = Object.entries(drafts).filter(([, draft]) => isChanged(draft))
  const prefix = draftKey(workspace, '')
  return new Set(names.filter(([key]) => key.startsWith(prefix)).map(([key]) => key.slice(prefix.length)))
}

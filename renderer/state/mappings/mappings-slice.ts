import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { SliceTools } from '../console-state.ts'
import { edited, redone, startHistory, undone } from './draft-history.ts'
import { keepDrafts, loadDrafts } from './draft-storage.ts'
import { isChanged, type MappingDraft } from './mapping-draft.ts'

/** Drafts of mappings. They stay while a person looks at other screens, and over a reload of the page. */
export interface MappingsSlice {
  /** By `draftKey`: the sandbox has mappings of the same names. */
  readonly drafts: Readonly<Record<string, MappingDraft>>
  /** Begins a draft on this version; one that has changes stays as it is. */
  begin(version: MappingVersion): void
  /** @param step what the edit is about, so that a word typed is one step of undo; empty: a step of its own. */
  edit(key: string, change: (document: MappingDocument) => MappingDocument, step?: string): void
  undo(key: string): void
  redo(key: string): void
  /** Lets the draft go and begins anew on a version. */
  restart(version: MappingVersion): void
}

/** The name of a draft: drafts of the sandbox and of the real systems never meet. */
export function draftKey(workspace: string | undefined, mappingId: string): string {
  return `${workspace ?? ''}/${mappingId}`
}

export function createMappingsSlice({ get, set, all }: SliceTools<MappingsSlice>): MappingsSlice {
  const keep = (drafts: MappingsSlice['drafts']) => {
    set({ drafts })
    keepDrafts(drafts)
  }
  const change = (key: string, work: (history: MappingDraft['history']) => MappingDraft['history']) => {
    const draft = get().drafts[key]
    if (draft !== undefined) keep({ ...get().drafts, [key]: { ...draft, history: work(draft.history) } })
  }
  const keyOf = (version: MappingVersion) => draftKey(all().relay.health?.workspace, version.mappingId)
  const restart = (version: MappingVersion) =>
    keep({ ...get().drafts, [keyOf(version)]: { base: version, history: startHistory(version.document) } })
  return {
    drafts: loadDrafts(),
    begin(version) {
      const draft = get().drafts[keyOf(version)]
      const isKept = draft !== undefined && (isChanged(draft) || draft.base.version === version.version)
      if (!isKept) restart(version)
    },
    edit(key, work, step = '') {
      change(key, (history) => edited(history, work(history.present), step, performance.now()))
    },
    undo: (key) => change(key, undone),
    redo: (key) => change(key, redone),
    restart,
  }
}

import { createContext, useContext } from 'react'
import type { KnownField } from '#renderer/state/mappings/field-list.ts'
import type { MappingWarning, RowResult } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'

/** What the zones of the editor share. */
export interface Editor {
  readonly document: MappingDocument
  /** The direction that is looked at: the system written to. */
  readonly to: SystemName
  readonly from: SystemName
  readonly fields: Readonly<Record<SystemName, readonly KnownField[]>>
  /** What the systems say of their fields is there, or could not be had. */
  readonly isKnown: boolean
  /** The row that is open; null: none. */
  readonly selected: number | null
  /** A value that somebody came for; its place in the open value map has the focus. */
  readonly wantedValue: string | null
  readonly warnings: readonly MappingWarning[]
  /** What the previewed event's rows come to, by row of the draft. */
  readonly results: ReadonlyMap<number, RowResult>
  select(row: number | null, to?: SystemName): void
  edit(change: (document: MappingDocument) => MappingDocument, step?: string): void
  /** @param step what of the row is edited, for undo; empty: a step of its own. */
  editRow(at: number, change: (row: MappingField) => MappingField, step?: string): void
  /** Adds a row that reads a field, or goes to the one that does. */
  useField(name: string): void
}

export const EditorContext = createContext<Editor | null>(null)

export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (editor === null) throw new Error('useEditor needs an EditorContext above it')
  return editor
}

/** The kind of thing that is dragged from the field tree; its text is the field as an expression writes it. */
export const dragType = 'application/x-patchbay-field'

import { mappingField, type MappingDocument, type MappingField } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'

/** What of a draft the host can be asked about: its complete rows, and which row of the draft each one is. */
export interface Sendable {
  readonly document: MappingDocument
  readonly rows: readonly number[]
}

/** A row still lacks a field at one side; it is kept in the draft and left out of everything else. */
export function isIncomplete(row: MappingField): boolean {
  return row.salesforce === '' || row.connectwise === ''
}

/** Null when nothing is complete yet. */
export function sendable(draft: MappingDocument): Sendable | null {
  const rows = draft.fields.flatMap((row, at) => (isIncomplete(row) ? [] : [at]))
  const fields = draft.fields.filter((row) => !isIncomplete(row))
  return fields.length === 0 ? null : { document: { ...draft, fields }, rows }
}

export function withRow(draft: MappingDocument, at: number, row: MappingField): MappingDocument {
  return draft.fields[at] === row ? draft : { ...draft, fields: draft.fields.with(at, row) }
}

export function withoutRow(draft: MappingDocument, at: number): MappingDocument {
  return { ...draft, fields: draft.fields.toSpliced(at, 1) }
}

export function withNewRow(
  draft: MappingDocument,
  at: number,
  names: { readonly salesforce: string; readonly connectwise: string },
): MappingDocument {
  return { ...draft, fields: draft.fields.toSpliced(at, 0, mappingField.parse(names)) }
}

/** The row at `at` one place up or down; the same draft where there is no such place. */
export function withMovedRow(draft: MappingDocument, at: number, by: 1 | -1): MappingDocument {
  const row = draft.fields[at]
  const place = at + by
  if (row === undefined || place < 0 || place >= draft.fields.length) return draft
  return { ...draft, fields: draft.fields.toSpliced(at, 1).toSpliced(place, 0, row) }
}

/** The row that writes a field of a system, or reads it where none writes it; null when there is none. */
export function rowOfField(draft: MappingDocument, field: string): { row: number; to: SystemName } | null {
  for (const to of ['connectwise', 'salesforce'] as const) {
    const direction = to === 'connectwise' ? 'to-connectwise' : 'to-salesforce'
    const row = draft.fields.findIndex(
      (one) => one[to] === field && (one.direction === 'both' || one.direction === direction),
    )
    if (row !== -1) return { row, to }
  }
  return null
}

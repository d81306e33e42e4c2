import type { Attempt } from '#shared/domain/delivery.ts'
import type { Json, Values } from '#shared/domain/record.ts'

/** One destination field of an attempt: what was there and what the mapping wants there. */
export interface FieldRow {
  readonly field: string
  /** undefined: not known, as for a record that is created. */
  readonly from: Json | undefined
  readonly to: Json | undefined
  readonly changed: boolean
}

/** All mapped fields of an attempt, changed ones first, each part in the order of the mapping. */
export function fieldRows(attempt: Attempt): FieldRow[] {
  const changed = attempt.changes.map((change): FieldRow => ({ ...change, changed: true }))
  const named = new Set(changed.map((row) => row.field))
  const same = Object.entries(attempt.mappedValues ?? {})
    .filter(([field]) => !named.has(field))
    .map(([field, to]): FieldRow => ({ field, from: attempt.beforeValues?.[field], to, changed: false }))
  return [...changed, ...same]
}

/** The destination's record as it stood after the attempt; null when nothing was written. */
export function afterValues({ beforeValues, changes, result }: Attempt): Values | null {
  if (result !== 'succeeded' || changes.length === 0) return null
  return { ...beforeValues, ...Object.fromEntries(changes.map(({ field, to }) => [field, to])) }
}

/** Whether two values are better told apart as texts, line by line. */
export function isLongText({ from, to }: FieldRow): boolean {
  return [from, to].some((value) => typeof value === 'string' && (value.length > 160 || value.split('\n').length > 3))
}

/** A value as text for a table. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return ''
  if (value === null || value === '') return 'empty'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { Json, SystemName, Values } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { expressionTo, rowsTo } from './apply-mapping.ts'
import { fieldsRead } from './expression.ts'

/** The values of each side when both were last in step: mapped fields, and those that expressions read. */
export type SyncedValues = Readonly<Record<SystemName, Values>>

/** A comparison that has been decided. */
export interface Settlement {
  readonly to: SystemName
  readonly source: Values
  /** Before the write. */
  readonly destination: Values
  /** What is written. */
  readonly values: Values
  /** Rows in step once `values` is written. */
  readonly settled: readonly MappingField[]
  /** Rows that keep differing, and so their base. */
  readonly kept: readonly MappingField[]
  readonly before: SyncedValues | null
}

function fieldsOf(row: MappingField, system: SystemName, values: Values): readonly string[] {
  const expression = expressionTo(row, otherSystem(system))
  return expression === undefined
    ? [row[system]]
    : [row[system], ...(fieldsRead(expression, Object.keys(values)) ?? [])]
}

function pick(values: Values, fields: readonly string[]): Values {
  return Object.fromEntries(fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])))
}

/** The base of the next comparison. What is sent counts as agreed: if the other system makes something else of it, that is a change of its own. */
export function nextSynced(settlement: Settlement): SyncedValues {
  const { before, destination, kept, settled, source, to, values } = settlement
  const from = otherSystem(to)
  const here: Record<string, Json> = { ...before?.[from] }
  const there: Record<string, Json> = { ...before?.[to] }
  const after: Values = { ...destination, ...values }
  for (const row of settled) {
    Object.assign(here, pick(source, fieldsOf(row, from, source)))
    // What only the way back reads may hold a change that has not come over yet: an older base stays.
    for (const [field, value] of Object.entries(pick(after, fieldsOf(row, to, after)))) {
      if (there[field] === undefined) there[field] = value
    }
    there[row[to]] = after[row[to]] ?? null
  }
  for (const row of kept) {
    restore(here, fieldsOf(row, from, here), before?.[from])
    restore(there, [row[to]], before?.[to])
  }
  return from === 'salesforce' ? { salesforce: here, connectwise: there } : { salesforce: there, connectwise: here }
}

function restore(values: Record<string, Json>, fields: readonly string[], before: Values | undefined): void {
  for (const field of fields) {
    const last = before?.[field]
    if (last === undefined) delete values[field]
    else values[field] = last
  }
}

/** The base after a new record has been made of `created`. */
export function syncedAfterCreate(
  document: MappingDocument,
  to: SystemName,
  source: Values,
  created: Values,
): SyncedValues {
  const settled = rowsTo(document, to).filter((row) => !row.createOnly)
  return nextSynced({ to, source, destination: {}, values: created, settled, kept: [], before: null })
}

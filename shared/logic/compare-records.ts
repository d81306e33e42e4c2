import type { ComparedField } from '#shared/domain/known-record.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import { otherSystem, type Json, type SystemName, type Values } from '#shared/domain/record.ts'
import { applyMapping, rowsTo, type ResolveReference } from './apply-mapping.ts'
import { isEmpty } from './json.ts'
import { equalNormalised } from './normalise.ts'

/** One record of a pair as it is now; null: it is not there. */
export type ComparedSide = { readonly id: string; readonly values: Values } | null

interface Expectation {
  /** Absent: the mapping makes nothing of this row in this direction. */
  readonly value?: Json
  readonly note: string | null
}

/** Puts both records side by side, row by row: equal where the mapping, in either direction, makes of one what the other holds. */
export async function compareRecords(
  document: MappingDocument,
  sides: Readonly<Record<SystemName, ComparedSide>>,
  resolveReference: ResolveReference,
): Promise<ComparedField[]> {
  const fields: ComparedField[] = []
  for (const row of document.fields) fields.push(await compareRow(row, document, sides, resolveReference))
  return fields
}

async function compareRow(
  row: MappingField,
  document: MappingDocument,
  sides: Readonly<Record<SystemName, ComparedSide>>,
  resolveReference: ResolveReference,
): Promise<ComparedField> {
  const salesforce = { field: row.salesforce, value: valueOf(sides.salesforce, row.salesforce) }
  const connectwise = { field: row.connectwise, value: valueOf(sides.connectwise, row.connectwise) }
  const base = { salesforce, connectwise, direction: row.direction }
  const there = await expect('connectwise', row, document, sides, resolveReference)
  const back = await expect('salesforce', row, document, sides, resolveReference)
  const expected = there.value ?? back.value
  const told = { ...base, ...(expected === undefined ? {} : { expected }) }
  const isEqual = isSame(row, there, connectwise.value, document) || isSame(row, back, salesforce.value, document)
  if (isEqual) return { ...told, verdict: 'equal', note: null }
  if (there.value === undefined && back.value === undefined && !isAlone(sides))
    return { ...told, verdict: 'not-compared', note: there.note ?? back.note }
  if (isEmpty(salesforce.value) && isEmpty(connectwise.value))
    return { ...told, verdict: 'not-compared', note: there.note ?? back.note ?? 'Both are empty.' }
  if (isEmpty(connectwise.value)) return { ...told, verdict: 'only-salesforce', note: null }
  if (isEmpty(salesforce.value)) return { ...told, verdict: 'only-connectwise', note: null }
  return { ...told, verdict: 'differs', note: null }
}

function isAlone({ salesforce, connectwise }: Readonly<Record<SystemName, ComparedSide>>): boolean {
  return salesforce === null || connectwise === null
}

function valueOf(side: ComparedSide, field: string): Json {
  return side?.values[field] ?? null
}

async function expect(
  to: SystemName,
  row: MappingField,
  document: MappingDocument,
  sides: Readonly<Record<SystemName, ComparedSide>>,
  resolveReference: ResolveReference,
): Promise<Expectation> {
  const source = sides[otherSystem(to)]
  if (source === null || sides[to] === null) return { note: null }
  if (rowsTo({ ...document, fields: [row] }, to).length === 0) return { note: null }
  if (row.createOnly) return { note: 'This field is sent with new records only.' }
  const mapped = await applyMapping({
    document: { ...document, fields: [row] },
    to,
    source: source.values,
    sourceId: source.id,
    isFull: true,
    isCreate: false,
    resolveReference,
  })
  if (!mapped.ok) return { note: mapped.failure.sentence }
  const value = mapped.value[row[to]]
  return value === undefined ? { note: 'The mapping leaves this field alone.' } : { value, note: null }
}

function isSame(row: MappingField, { value }: Expectation, actual: Json, document: MappingDocument): boolean {
  if (value === undefined) return false
  if (isEmpty(value) || isEmpty(actual)) return isEmpty(value) && isEmpty(actual)
  // Ids come as numbers and as text.
  if (row.reference !== undefined) return String(value) === String(actual)
  return equalNormalised(value, actual, row.normalise, document.phoneCountry)
}

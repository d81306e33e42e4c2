import type { Failure, Result } from '#shared/domain/failure.ts'
import { failed, ok } from '#shared/domain/failure.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import { directionTo } from '#shared/domain/mapping.ts'
import type { Json, RecordRef, SystemName, Values } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { carryValue } from './carry-value.ts'
import { evaluate } from './expression.ts'
import { isEmpty } from './json.ts'

/**
 * Finds the counterpart of a record that another one refers to: its id, or null when it has none and the reference may be
 * left out. A reference that has to be there and can't be found is a failure.
 */
export type ResolveReference = (ref: RecordRef, entity: string, required: boolean) => Promise<Result<string | null>>

/** One run of a mapping over one record. */
export interface MappingRun {
  readonly document: MappingDocument
  readonly to: SystemName
  readonly source: Values
  readonly sourceId: string
  /** True when `source` is the whole record; expressions are left alone otherwise, as they may read what is missing. */
  readonly isFull: boolean
  /** For a new record: rows that are for creation only take part, and fields that are not known count as empty. */
  readonly isCreate: boolean
  readonly resolveReference: ResolveReference
}

/** The rows that write to a system, in the document's order. */
export function rowsTo(document: MappingDocument, to: SystemName): readonly MappingField[] {
  return document.fields.filter((row) => row.direction === 'both' || row.direction === directionTo(to))
}

/** The expression of a row in the direction of a system; undefined for a plain copy. */
export function expressionTo(row: MappingField, to: SystemName): string | undefined {
  return to === 'connectwise' ? row.toConnectwise : row.toSalesforce
}

/**
 * Computes the values the destination should have. Three-valued: a value sets, null clears, and a field that is not there
 * is left alone, which is so for all that the source does not know.
 */
export async function applyMapping(run: MappingRun): Promise<Result<Values>> {
  const desired: Record<string, Json> = {}
  for (const row of rowsTo(run.document, run.to)) {
    if (row.createOnly && !run.isCreate) continue
    const mapped = await mapRow(row, run)
    if (!mapped.ok) return mapped
    if (mapped.value !== undefined) desired[row[run.to]] = mapped.value
  }
  return ok(desired)
}

async function mapRow(row: MappingField, run: MappingRun): Promise<Result<Json | undefined>> {
  const expression = expressionTo(row, run.to)
  if (expression === undefined) {
    const value = run.source[row[otherSystem(run.to)]] ?? (isKnown(row, run) || run.isCreate ? null : undefined)
    return value === undefined ? ok(undefined) : mapValue(row, value, run)
  }
  if (!run.isFull) return ok(undefined)
  const evaluation = await evaluate(expression, run.source, run.sourceId)
  if (!evaluation.ok) return failed(badExpression(row, evaluation.reason, run))
  return mapValue(row, evaluation.value, run)
}

function isKnown(row: MappingField, run: MappingRun): boolean {
  return Object.hasOwn(run.source, row[otherSystem(run.to)])
}

async function mapValue(row: MappingField, value: Json, run: MappingRun): Promise<Result<Json | undefined>> {
  const { document, to } = run
  if (row.reference === undefined || isEmpty(value)) return carryValue(row, value, to, document)
  const from = otherSystem(to)
  const ref: RecordRef = { system: from, entity: row.reference[from], id: String(value) }
  const found = await run.resolveReference(ref, row.reference[to], row.reference.required)
  if (!found.ok) return found
  if (found.value === null) return ok(undefined)
  // ConnectWise's ids are numbers in its JSON, Salesforce's are text.
  return ok(to === 'connectwise' && /^\d{1,15}$/u.test(found.value) ? Number(found.value) : found.value)
}

function badExpression(row: MappingField, reason: string, run: MappingRun): Failure {
  return {
    class: 'permanent',
    stage: 'transform',
    code: 'bad-expression',
    sentence: `The expression for ${row[run.to]} in the mapping "${run.document.name}" failed: ${reason}.`,
    fix: `Correct the expression of the row ${row.salesforce} ↔ ${row.connectwise}, then replay.`,
    field: row[run.to],
  }
}

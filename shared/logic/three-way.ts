import type { Choice, Choices } from '#shared/domain/conflict.ts'
import type { FieldChange } from '#shared/domain/delivery.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { Json, SystemName, Values } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { expressionTo, rowsTo } from './apply-mapping.ts'
import { carryValue } from './carry-value.ts'
import { fieldsRead } from './expression.ts'
import { isEmpty } from './json.ts'
import { equalNormalised } from './normalise.ts'
import { compareVersions } from './record-version.ts'
import { nextSynced } from './synced-values.ts'
import type { SyncedValues } from './synced-values.ts'

/** All that is known about a pair of records when one of them is to be written. */
export interface Comparison {
  readonly document: MappingDocument
  readonly to: SystemName
  readonly source: Values
  /** What the mapping made of `source`. */
  readonly desired: Values
  /** The destination as it is now; a field that is not there counts as empty. */
  readonly destination: Values
  /** The values when both sides were last in step; without a field, or null as a whole: never. */
  readonly synced: SyncedValues | null
  /** Record versions, for "newest wins". */
  readonly versions: { readonly source: string | null; readonly destination: string | null }
  /** What a person has decided about fields, by the destination's names; it goes before any policy. */
  readonly choices?: Choices
  /** What the rows that `rowsInDoubt` named made of the source as it was when both sides were last in step. */
  readonly desiredBefore?: Values
}

/** A field that changed on both sides since they were last in step. */
export interface FieldConflict {
  /** The destination's name of it. */
  readonly field: string
  readonly salesforce: Json
  readonly connectwise: Json
  readonly policy: MappingField['conflict']
  /** The side whose value stays; null: a person has to say. */
  readonly winner: SystemName | null
}

/** What is to be written, and why not the rest. */
export interface Difference {
  readonly changes: readonly FieldChange[]
  /** The same as values to send; null clears. */
  readonly values: Values
  readonly conflicts: readonly FieldConflict[]
  /** Rows by which the source has to take over the destination's value too, since a person chose so. */
  readonly back: readonly MappingField[]
  /** What both sides agree on once `values` is written: the base of the next comparison. */
  readonly synced: SyncedValues
}

type Decision = 'agreed' | 'write' | 'keep' | { readonly conflict: FieldConflict } | { readonly choice: Choice }

/**
 * The smallest write that carries the source's changes over. Compared are normalised values, so a phone's format, a cut or
 * line ends settle; a field that only the destination changed is not touched; one that both changed follows the row's policy.
 * Fields that keep differing keep their old base, so that the other side's own event still finds its change.
 */
export function threeWay(comparison: Comparison): Difference {
  const { desired, destination, to, source } = comparison
  const from = otherSystem(to)
  const settled: MappingField[] = []
  const kept: MappingField[] = []
  const back: MappingField[] = []
  const changes: FieldChange[] = []
  const values: Record<string, Json> = {}
  const conflicts: FieldConflict[] = []
  function write(row: MappingField, value: Json, actual: Json): void {
    changes.push({ field: row[to], from: actual, to: value })
    values[row[to]] = value
  }
  for (const row of comparedRows(comparison)) {
    const wanted = desired[row[to]] ?? null
    const actual = destination[row[to]] ?? null
    const decision = decide(row, wanted, actual, comparison)
    if (typeof decision === 'object' && 'choice' in decision) {
      const chosen = chosenValue(decision.choice, wanted, actual, to)
      if (!same(row, chosen, actual, comparison)) write(row, chosen, actual)
      if (decision.choice !== from) back.push(row)
      settled.push(row)
      continue
    }
    if (typeof decision === 'object') conflicts.push(decision.conflict)
    const isWritten = decision === 'write' || (typeof decision === 'object' && decision.conflict.winner === from)
    if (isWritten) write(row, wanted, actual)
    if (isWritten || decision === 'agreed') settled.push(row)
    else kept.push(row)
  }
  const synced = nextSynced({ to, source, destination, values, settled, kept, before: comparison.synced })
  return { changes, values, conflicts, back, synced }
}

function chosenValue(choice: Choice, wanted: Json, actual: Json, to: SystemName): Json {
  if (typeof choice === 'object') return choice.value
  return choice === to ? actual : wanted
}

/**
 * True when nothing that the mapping reads has changed at the source since both sides were last in step: then nothing can
 * have to be written, whatever the destination holds. So the echo of a write of ours ends here.
 */
export function isSourceUnchanged(comparison: Omit<Comparison, 'destination' | 'versions'>): boolean {
  const rows = comparedRows(comparison)
  return rows.every(
    (row) => hasSourceChanged(row, comparison.desired[row[comparison.to]] ?? null, comparison) === false,
  )
}

/**
 * Rows whose expression gives what the destination had when both were last in step, from a source that has changed since. Whether that
 * is a change depends on what the source gave then: it need not have been the same, where the expression left the field alone.
 */
export function rowsInDoubt(comparison: Omit<Comparison, 'destination' | 'versions'>): MappingField[] {
  const { desired, source, synced, to } = comparison
  const before = synced?.[otherSystem(to)] ?? {}
  return comparedRows(comparison).filter((row) => {
    const expression = expressionTo(row, to)
    const last = synced?.[to][row[to]]
    if (expression === undefined || row.reference !== undefined || last === undefined) return false
    if (!same(row, desired[row[to]] ?? null, last, comparison)) return false
    const read = fieldsRead(expression, Object.keys({ ...before, ...source })) ?? []
    const isKnown = read.every((field) => before[field] !== undefined)
    return isKnown && hasAnyChanged(row, read, before, comparison) === true
  })
}

function comparedRows({ document, to, desired }: Pick<Comparison, 'document' | 'to' | 'desired'>): MappingField[] {
  return rowsTo(document, to).filter((row) => !row.createOnly && desired[row[to]] !== undefined)
}

function decide(row: MappingField, wanted: Json, actual: Json, comparison: Comparison): Decision {
  const choice = comparison.choices?.[row[comparison.to]]
  if (typeof choice !== 'object' && isInStep(row, wanted, actual, comparison)) return 'agreed'
  if (choice !== undefined) return { choice }
  const sourceChanged = hasSourceChanged(row, wanted, comparison)
  if (sourceChanged === false) return 'keep'
  const destinationChanged = hasDestinationChanged(row, actual, comparison)
  if (destinationChanged === false) return 'write'
  if (sourceChanged === undefined || destinationChanged === undefined) {
    // Never in step before: an empty field is filled, and a filled one is not emptied by a record that is just being joined.
    if (isEmpty(actual)) return 'write'
    if (isEmpty(wanted)) return 'keep'
  }
  return { conflict: judgeConflict(row, wanted, actual, comparison) }
}

/** Equal as it stands, or equal the way back: so a cut text, or one of several statuses with the same counterpart, is left alone. */
function isInStep(row: MappingField, wanted: Json, actual: Json, comparison: Comparison): boolean {
  if (same(row, wanted, actual, comparison)) return true
  const { document, source, to } = comparison
  const from = otherSystem(to)
  const isPlain = row.direction === 'both' && row.toConnectwise === undefined && row.toSalesforce === undefined
  const known = source[row[from]]
  if (!isPlain || row.reference !== undefined || known === undefined) return false
  const back = carryValue(row, actual, from, document)
  return back.ok && back.value !== undefined && same(row, back.value, known, comparison)
}

/** Undefined: there is nothing to tell it by. */
function hasSourceChanged(
  row: MappingField,
  wanted: Json,
  comparison: Pick<Comparison, 'desiredBefore' | 'document' | 'source' | 'synced' | 'to'>,
): boolean | undefined {
  const { source, synced, to } = comparison
  const from = otherSystem(to)
  const last = synced?.[to][row[to]]
  const expression = expressionTo(row, to)
  const isSameResult = last === undefined ? undefined : same(row, wanted, last, comparison)
  if (expression !== undefined && isSameResult === true && gaveTheSame(row, wanted, comparison)) return false
  const before = synced?.[from] ?? {}
  const read = expression === undefined ? [row[from]] : fieldsRead(expression, Object.keys({ ...before, ...source }))
  const changed = read === null ? undefined : hasAnyChanged(row, read, before, comparison)
  return changed ?? (isSameResult === undefined ? undefined : !isSameResult)
}

function gaveTheSame(
  row: MappingField,
  wanted: Json,
  comparison: Pick<Comparison, 'document' | 'desiredBefore' | 'to'>,
): boolean {
  const { desiredBefore, to } = comparison
  if (desiredBefore === undefined || !(row[to] in desiredBefore)) return true
  return same(row, wanted, desiredBefore[row[to]] ?? null, comparison)
}

function hasAnyChanged(
  row: MappingField,
  fields: readonly string[],
  before: Values,
  comparison: Pick<Comparison, 'document' | 'source'>,
): boolean | undefined {
  let isKnown = fields.length > 0
  for (const field of fields) {
    const [now, then] = [comparison.source[field], before[field]]
    if (now === undefined || then === undefined) isKnown &&= isEmpty(now) && isEmpty(then)
    else if (!same(row, now, then, comparison)) return true
  }
  return isKnown ? false : undefined
}

function hasDestinationChanged(row: MappingField, actual: Json, comparison: Comparison): boolean | undefined {
  const last = comparison.synced?.[comparison.to][row[comparison.to]]
  return last === undefined ? undefined : !same(row, actual, last, comparison)
}

function judgeConflict(row: MappingField, wanted: Json, actual: Json, comparison: Comparison): FieldConflict {
  const { to } = comparison
  const from = otherSystem(to)
  return {
    field: row[to],
    salesforce: to === 'salesforce' ? actual : wanted,
    connectwise: to === 'connectwise' ? actual : wanted,
    policy: row.conflict,
    winner: winnerOf(row.conflict, from, comparison),
  }
}

function winnerOf(policy: MappingField['conflict'], from: SystemName, { versions }: Comparison): SystemName | null {
  if (policy === 'ask') return null
  if (policy !== 'newest') return policy
  const order = compareVersions(versions.source, versions.destination)
  // Both directions must come to the same answer, so the side that happens to be the source can't break a tie.
  if (order === null || order === 0) return 'salesforce'
  return order > 0 ? from : otherSystem(from)
}

function same(row: MappingField, a: Json, b: Json, { document }: Pick<Comparison, 'document'>): boolean {
  // Ids come as numbers and as text.
  if (row.reference !== undefined) return isEmpty(a) || isEmpty(b) ? isEmpty(a) && isEmpty(b) : String(a) === String(b)
  return equalNormalised(a, b, row.normalise, document.phoneCountry)
}

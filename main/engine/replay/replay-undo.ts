import type { Preparation, Prepared, PreparePorts } from '#main/mapping/transform/prepared.ts'
import { Trace } from '#main/mapping/transform/prepared.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import type { BeforeImage } from '#main/outcomes/replay-undo.ts'
import { ok, type Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import { otherSystem, type Json, type RecordRef, type Values } from '#shared/domain/record.ts'
import { rowsTo } from '#shared/logic/apply-mapping.ts'
import { isEmpty } from '#shared/logic/json.ts'
import { equalNormalised } from '#shared/logic/normalise.ts'
import { nameOf } from '#shared/logic/record-name.ts'

/** What an undo has to know. */
export interface UndoInput {
  /** The record that the undone change came from. */
  readonly source: RecordRef
  /** null: it is not kept any more. */
  readonly image: BeforeImage | null
  readonly mapping: MappingDocument
}

/**
 * Turns an undo into what is to be written: the fields as they were before, provided that each still holds what was written.
 * Reads only.
 *
 * The pair agrees on the old values then, so that neither the echo of the undo nor the source's next event carries anything: the
 * undo lasts until somebody changes one of these fields.
 */
export async function prepareUndo(input: UndoInput, ports: PreparePorts): Promise<Preparation> {
  const trace = new Trace(ports.clock)
  const result = await decide(input, ports, trace)
  return { result, facts: trace.facts() }
}

async function decide(input: UndoInput, ports: PreparePorts, trace: Trace): Promise<Result<Prepared>> {
  const { image, source } = input
  if (image === null)
    return ok({ kind: 'skip', reason: 'What stood there before is not kept any more; nothing was undone.' })
  const ref: RecordRef = { system: otherSystem(source.system), entity: image.entity, id: image.id }
  const name = nameOf(ref)
  const link = ports.findLink(source)
  if (link === null || link.endedAt !== null || link[ref.system].id !== ref.id) {
    return ok({ kind: 'skip', reason: `${name} is not linked with this record any more; nothing was undone.` })
  }
  const fetched = await trace.time('compare', () => ports.fetch(ref, 'compare'))
  if (!fetched.ok) return fetched
  if (fetched.value === null) return ok({ kind: 'skip', reason: `${name} was deleted since; nothing was undone.` })
  const now = fetched.value.values
  const differing = (side: 'from' | 'to') =>
    image.changes.filter((change) => !same(input.mapping, ref, change.field, now[change.field] ?? null, change[side]))
  const values: Values = Object.fromEntries(image.changes.map(({ field, from }) => [field, from]))
  const synced = syncedAfter(link, ref, values)
  const touched = differing('to')
  if (touched.length > 0) {
    if (differing('from').length > 0) return ok({ kind: 'skip', reason: touchedSentence(name, touched, now) })
    const { version } = fetched.value
    return ok({
      kind: 'unchanged',
      destination: ref,
      destinationVersion: version,
      conflicts: [],
      isNewLink: false,
      synced,
    })
  }
  trace.beforeValues = Object.fromEntries(image.changes.map(({ field }) => [field, now[field] ?? null]))
  trace.mappedValues = values
  trace.changes = image.changes.map(({ field, from }) => ({ field, from: now[field] ?? null, to: from }))
  return ok({ kind: 'update', destination: fetched.value, values, conflicts: [], isNewLink: false, synced, back: null })
}

function syncedAfter(link: Link, ref: RecordRef, values: Values): Readonly<Record<RecordRef['system'], Values>> {
  const synced = { salesforce: link.salesforce.synced, connectwise: link.connectwise.synced }
  return { ...synced, [ref.system]: { ...synced[ref.system], ...values } }
}

function touchedSentence(name: string, touched: BeforeImage['changes'], now: Values): string {
  const fields = touched.slice(0, 4).map(({ field, to }) => {
    return `${field} was written as ${JSON.stringify(to)} and is ${JSON.stringify(now[field] ?? null)} now`
  })
  const more = touched.length > fields.length ? ', and more' : ''
  return `${name} was changed since (${fields.join('; ')}${more}); nothing was undone.`
}

/** Equal as the mapping compares them, so that a phone that the system wrote in its own way is not taken for a change. */
function same(mapping: MappingDocument, ref: RecordRef, field: string, a: Json, b: Json): boolean {
  const row: MappingField | undefined = rowsTo(mapping, ref.system).find((one) => one[ref.system] === field)
  // Ids come as numbers and as text.
  if (row?.reference !== undefined && !isEmpty(a) && !isEmpty(b)) return String(a) === String(b)
  return equalNormalised(a, b, row?.normalise ?? 'none', mapping.phoneCountry)
}

/** Says of an undo that was carried out that it was one. */
export function asUndo(outcome: Outcome): Outcome {
  if (outcome.kind !== 'delivered') return outcome
  const nothing = 'It says already what it said before; there was nothing to undo.'
  return { ...outcome, note: outcome.written === null ? nothing : `Undone: ${outcome.note}` }
}

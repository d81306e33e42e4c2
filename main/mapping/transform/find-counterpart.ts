import { failed, ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { RecordRef, RemoteRecord } from '#shared/domain/record.ts'
import { otherSystem, recordKey, systemTitle } from '#shared/domain/record.ts'
import { rowsTo } from '#shared/logic/apply-mapping.ts'
import { carryValue } from '#shared/logic/carry-value.ts'
import { isEmpty } from '#shared/logic/json.ts'
import { labelOf, nameOf } from '#shared/logic/record-name.ts'
import { agreesInAll } from './natural-key.ts'
import type { PreparePorts, Trace } from './prepared.ts'
import type { SourceReading } from './read-source.ts'
import { permanent } from './sentences.ts'

/** Whom a record that is not linked belongs to. */
export type Counterpart =
  | { readonly kind: 'found'; readonly record: RemoteRecord }
  | { readonly kind: 'none' }
  | { readonly kind: 'gone'; readonly ref: RecordRef }
  /** It belongs to a record that was merged into this one. */
  | { readonly kind: 'inherited'; readonly link: Link; readonly loser: RecordRef }

/** A look-up in the making: who looks, and with what. */
export interface Search {
  readonly source: RecordRef
  readonly reading: SourceReading
  readonly mapping: MappingDocument
  readonly ports: PreparePorts
  readonly trace: Trace
}

/**
 * Finds the counterpart of a record that has no link: by the id it names itself, by the records that name its id, then by
 * the mapping's natural keys. Several hits are never picked from, and what belongs to another record is never taken.
 *
 * Whoever comes by the same natural key, from either side, waits until this delivery is through, and so sees what it has made.
 */
export async function findCounterpart(search: Search): Promise<Result<Counterpart>> {
  const named = await byOwnReference(search)
  if (!named.ok || named.value.kind !== 'none') return keep(named, search)
  const naming = await byCrossReference(search)
  if (!naming.ok || naming.value.kind !== 'none') return keep(naming, search)
  const held = await search.ports.holdKeys(naturalKeysOf(search))
  return held === null ? keep(await byNaturalKeys(search), search) : heldByAnother(search, held)
}

/** Holds a counterpart that is about to be joined, so that no other record joins it at the same time by another way. */
async function keep(found: Result<Counterpart>, search: Search): Promise<Result<Counterpart>> {
  if (!found.ok || found.value.kind !== 'found') return found
  const key = `key:${recordKey(found.value.record.ref)}`
  const held = await search.ports.holdKeys([key])
  if (held !== null) return heldByAnother(search, held)
  // It may have been joined between the look-up and now.
  return belongsElsewhere(found.value.record, search) ? heldByAnother(search, key) : found
}

/** The same for both directions, so that two new records of one customer, one in each system, meet. */
function naturalKeysOf(search: Search): string[] {
  const { mapping, source } = search
  const there = otherSystem(source.system)
  return mapping.naturalKeys.flatMap((key, index) => {
    const value = keyValue(key[source.system], key[there], search)
    return value === null ? [] : [`key:${mapping.id}:${index}:${value.trim().toLowerCase()}`]
  })
}

function heldByAnother({ source }: Search, key: string): Result<Counterpart> {
  return failed({
    class: 'dependency',
    stage: 'transform',
    code: 'key-held',
    sentence: `Another record that may be the same as ${nameOf(source)} is being carried over right now; it waits for that one.`,
    waitsFor: key,
  })
}

const none: Result<Counterpart> = ok({ kind: 'none' })

async function byOwnReference(search: Search): Promise<Result<Counterpart>> {
  const { mapping, ports, reading, source, trace } = search
  if (reading.crossReference === null) return none
  const system = otherSystem(source.system)
  const ref: RecordRef = { system, entity: mapping[system].entity, id: reading.crossReference }
  const fetched = await trace.time('look-up', () => ports.fetch(ref, 'look-up'))
  if (!fetched.ok) return fetched
  if (fetched.value === null) return ok({ kind: 'gone', ref })
  return claim(fetched.value, search)
}

async function byCrossReference(search: Search): Promise<Result<Counterpart>> {
  const { ports, source, trace } = search
  const hits = await trace.time('look-up', () => ports.findByCrossReference(entityThere(search), source.id))
  if (!hits.ok) return hits
  const [record, ...others] = hits.value
  if (record === undefined) return none
  if (others.length > 0) return twins(hits.value, `carry the id of ${nameOf(source)}`)
  return claim(record, search)
}

/** A record that says it is the counterpart: ours, unless another record has it. */
async function claim(record: RemoteRecord, search: Search): Promise<Result<Counterpart>> {
  if (!belongsElsewhere(record, search)) return ok({ kind: 'found', record })
  const inherited = await inheritedFrom([record], search)
  return !inherited.ok || inherited.value.kind !== 'none' ? inherited : taken(record, search)
}

/** Looks whether one of the records belongs to a record that was merged into ours. */
async function inheritedFrom(records: readonly RemoteRecord[], search: Search): Promise<Result<Counterpart>> {
  const { ports, source, trace } = search
  for (const record of records) {
    const link = ports.findLink(record.ref)
    if (link === null || link.endedAt !== null || link[source.system].id === source.id) continue
    const loser: RecordRef = { ...source, id: link[source.system].id }
    const winner = await trace.time('look-up', () => ports.findWinner(loser))
    if (!winner.ok) return winner
    if (winner.value === source.id) return ok({ kind: 'inherited', link, loser })
  }
  return none
}

async function byNaturalKeys(search: Search): Promise<Result<Counterpart>> {
  const { mapping, ports, source, trace } = search
  for (const key of mapping.naturalKeys) {
    const field = key[otherSystem(source.system)]
    const value = keyValue(key[source.system], field, search)
    if (value === null) continue
    const hits = await trace.time('look-up', () => ports.findByField(entityThere(search), field, value))
    if (!hits.ok) return hits
    const same: RemoteRecord[] = []
    for (const record of hits.value) {
      const agrees = await agreesInAll(key, record, search)
      if (!agrees.ok) return agrees
      if (agrees.value) same.push(record)
    }
    const free = same.filter((record) => !belongsElsewhere(record, search))
    if (free.length > 1) return twins(free, `have "${value}" as ${field}`)
    if (free[0] !== undefined) return ok({ kind: 'found', record: free[0] })
    const inherited = await inheritedFrom(same, search)
    if (!inherited.ok || inherited.value.kind !== 'none') return inherited
    const twin = key.also === undefined ? undefined : same.find((record) => liveOwner(record, search) !== null)
    if (twin !== undefined) return sourceTwins(twin, search)
  }
  return none
}

function entityThere({ mapping, source }: Search): string {
  return mapping[otherSystem(source.system)].entity
}

/** The value to look for: as the mapping would write it, when a row carries this field. */
function keyValue(from: string, to: string, { mapping, reading, source }: Search): string | null {
  const system = otherSystem(source.system)
  const raw = reading.values[from] ?? null
  if (isEmpty(raw)) return null
  const row = rowsTo(mapping, system).find((candidate) => candidate[source.system] === from && candidate[system] === to)
  const carried = row === undefined ? ok(raw) : carryValue(row, raw, system, mapping)
  return carried.ok && !isEmpty(carried.value) ? String(carried.value) : null
}

/** The other record that this one is kept in step with now; a link that has ended keeps nothing in step. */
function liveOwner(record: RemoteRecord, { ports, source }: Search): string | null {
  const link = ports.findLink(record.ref)
  if (link !== null) return link.endedAt === null ? link[source.system].id : null
  return record.crossReference === source.id ? null : record.crossReference
}

/**
 * Where a key of several fields agrees in all of them, two records of the source are one and the same: made again, there would be two of
 * it at the other side as well. One field alone, such as the name of a company, does not say that.
 */
function sourceTwins(record: RemoteRecord, search: Search): Result<Counterpart> {
  const { source } = search
  const owner = nameOf({ ...source, id: liveOwner(record, search) ?? '' })
  return failed(
    permanent(
      'counterpart-taken',
      `${nameOf(source)} says the same as ${owner} in all that tells them apart, and that one is kept in step with ${nameOf({ ...record.ref, id: labelOf(record) })}.`,
      `Merge the two in ${systemTitle[source.system]}, or make them distinct, then replay.`,
    ),
  )
}

/** Is the record joined to another one than ours, by a link (also an ended one) or by the id it carries? */
function belongsElsewhere(record: RemoteRecord, { ports, source }: Search): boolean {
  const linked = ports.findLink(record.ref)?.[source.system].id ?? null
  return (linked ?? record.crossReference ?? source.id) !== source.id
}

function taken(record: RemoteRecord, { ports, source }: Search): Result<Counterpart> {
  const owner = ports.findLink(record.ref)?.[source.system].id ?? record.crossReference ?? ''
  return failed(
    permanent(
      'counterpart-taken',
      `${nameOf(source)} and ${nameOf({ ...source, id: owner })} both claim ${nameOf({ ...record.ref, id: labelOf(record) })}.`,
      `Keep one of the two, or clear the cross-reference of the other, then replay.`,
    ),
  )
}

function twins(records: readonly RemoteRecord[], what: string): Result<Counterpart> {
  const shown = records.slice(0, 5).map((record) => labelOf(record))
  const list = shown.join(', ') + (records.length > shown.length ? ', …' : '')
  const ref = records[0]?.ref
  return failed(
    permanent(
      'several-counterparts',
      `${ref === undefined ? '' : nameOf({ ...ref, id: list })} all ${what}; Patchbay does not pick one.`,
      'Merge them or make them distinct, then replay.',
    ),
  )
}

import { failed, ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { MappingField } from '#shared/domain/mapping.ts'
import type { Json, RecordRef, RemoteRecord, SystemName, Values } from '#shared/domain/record.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import { applyMapping, rowsTo } from '#shared/logic/apply-mapping.ts'
import { isEmpty, sameJson } from '#shared/logic/json.ts'
import { equalNormalised } from '#shared/logic/normalise.ts'
import { compareVersions } from '#shared/logic/record-version.ts'
import { syncedAfterCreate, type SyncedValues } from '#shared/logic/synced-values.ts'
import { isSourceUnchanged, rowsInDoubt, threeWay } from '#shared/logic/three-way.ts'
import type { Comparison, Difference } from '#shared/logic/three-way.ts'
import { nameOf } from '#shared/logic/record-name.ts'
import { laneOfPair } from '#main/queue/lanes.ts'
import { afterDeletion, inherit } from './after-deletion.ts'
import { unmetCondition } from './conditions.ts'
import { findCounterpart } from './find-counterpart.ts'
import { fillFromParents } from './fill-from-parents.ts'
import type { Preparation, Prepared, PrepareInput, PreparePorts } from './prepared.ts'
import { Trace } from './prepared.ts'
import { readSource } from './read-source.ts'
import type { SourceReading } from './read-source.ts'
import { referenceResolver } from './references.ts'
import { permanent } from './sentences.ts'

/** One run of prepare: the order, and what it works with. */
interface Run {
  readonly input: PrepareInput
  readonly ports: PreparePorts
  readonly trace: Trace
  readonly source: RecordRef
  /** The link, when the pair is still synced or is to be revived. */
  readonly link: Link | null
}

/**
 * Turns one delivery into what is to be written: reads the source, finds the counterpart, runs the mapping and compares
 * three ways. Reads only; the order of its answer stands as long as nothing else writes to the pair, which the lane sees to.
 */
export async function prepare(input: PrepareInput, ports: PreparePorts): Promise<Preparation> {
  const trace = new Trace(ports.clock)
  const { entity, recordId, system } = input.event
  const source: RecordRef = { system, entity, id: recordId }
  const link = ports.findLink(source)
  const result = await decide({ input, ports, trace, source, link })
  return { result, facts: trace.facts() }
}

const skip = (reason: string): Result<Prepared> => ok({ kind: 'skip', reason })

async function decide(run: Run): Promise<Result<Prepared>> {
  const { input, link, ports, source, trace } = run
  if (source.id === wildcard) return changesLeftOut(source)
  if (link !== null && isTombstone(link, input)) {
    return skip(`${nameOf(source)} is not synced any more, since it or its counterpart was deleted.`)
  }
  const lane = laneOfPair(source, link)
  if (link !== null && lane !== input.lane) return ok({ kind: 'wait-lane', lane })
  const read = await readSource(input, source, link, ports, trace)
  if (!read.ok) return read
  if (read.value === 'gone') return sourceGone(run)
  if (read.value === 'stale') return skip(`A newer change of ${nameOf(source)} was carried over before.`)
  trace.sourceValues = read.value.values
  trace.sourceVersion = read.value.version
  const winner = read.value.record?.mergedInto ?? null
  if (winner !== null) return merged(run, winner)
  const unmet = await unmetCondition(input, source, link, read.value)
  if (!unmet.ok) return unmet
  if (unmet.value !== null) return skip(unmet.value)
  return link === null ? joinOrCreate(run, read.value) : carryOver(run, link, read.value)
}

/** The record id of an event that stands for changes of records that it does not name. */
const wildcard = '*'

/** Salesforce drops change events in a rush (GAP_OVERFLOW) and says so once for all; there is no record to read then. */
function changesLeftOut({ entity, system }: RecordRef): Result<Prepared> {
  return failed(
    permanent(
      'changes-left-out',
      `${systemTitle[system]} says that it left out changes of ${entity}. Compare the two systems.`,
      `Look for each ${entity} that changed around then, and save those that differ once; they are carried over then.`,
    ),
  )
}

/** Late events must not bring a deleted pair back; a restored record, or a person's replay, may. */
function isTombstone(link: Link, { event, mode }: PrepareInput): boolean {
  return link.endedAt !== null && event.action !== 'restored' && mode === 'live'
}

async function sourceGone({ link, ports, source }: Run): Promise<Result<Prepared>> {
  if (link === null || link.endedAt !== null)
    return skip(`${nameOf(source)} does not exist any more, and nothing is linked with it.`)
  return afterDeletion({ link, gone: source, rest: 'done' }, ports)
}

/** The record is there, but says that it was merged into another one. */
function merged({ link, ports, source }: Run, id: string): Promise<Result<Prepared>> | Result<Prepared> {
  const winner: RecordRef = { ...source, id }
  if (link === null || link.endedAt !== null) return skip(`${nameOf(source)} was merged into ${nameOf(winner)}.`)
  return inherit({ link, gone: source, rest: 'done' }, winner, ports)
}

async function carryOver(run: Run, link: Link, reading: SourceReading): Promise<Result<Prepared>> {
  const { input, ports, trace } = run
  const to = otherSystem(run.source.system)
  const ref: RecordRef = { system: to, entity: link[to].entity, id: link[to].id }
  const mapped = await map(run, reading, false)
  if (!mapped.ok) return mapped
  const synced = { salesforce: link.salesforce.synced, connectwise: link.connectwise.synced }
  const known = { document: input.mapping, to, source: reading.values, desired: mapped.value, synced }
  const pair = { ...known, ...(await before(run, known)) }
  if (isOvertaken(run, link, reading)) {
    return skip(
      `${nameOf(run.source)} has changed since this event, and the newer change was carried over. ` +
        'Replay it with the current values instead.',
    )
  }
  const isFirstTry = (input.sentBefore ?? []).length === 0
  const isLive = input.mode === 'live' && input.choices === undefined && isFirstTry
  if (isLive && link.endedAt === null && isSourceUnchanged(pair)) {
    return ok({
      kind: 'unchanged',
      destination: ref,
      destinationVersion: null,
      conflicts: [],
      isNewLink: false,
      synced,
    })
  }
  const destination = await trace.time('compare', () => ports.fetch(ref, 'compare'))
  if (!destination.ok) return destination
  if (destination.value !== null) return compare(run, reading, mapped.value, destination.value)
  if (link.endedAt === null) return afterDeletion({ link, gone: ref, rest: 'again' }, ports)
  return skip(`${nameOf(ref)} was deleted. ${nameOf(run.source)} was left as it is and is not synced any more.`)
}

/** A replay of values as they came must not undo a newer change that was carried over since. */
function isOvertaken({ input, source }: Run, link: Link, reading: SourceReading): boolean {
  if (input.mode !== 'as-received' || input.choices !== undefined) return false
  const order = compareVersions(reading.version, link[source.system].version)
  return order !== null && order < 0
}

async function joinOrCreate(run: Run, reading: SourceReading): Promise<Result<Prepared>> {
  const { input, ports, source, trace } = run
  const counterpart = await findCounterpart({ source, reading, mapping: input.mapping, ports, trace })
  if (!counterpart.ok) return counterpart
  switch (counterpart.value.kind) {
    case 'gone':
      return skip(
        `${nameOf(source)} names ${nameOf(counterpart.value.ref)} as its counterpart, which does not exist any more. ` +
          'Clear that id if the record is to be made again.',
      )
    case 'none':
      return create(run, reading)
    case 'inherited': {
      const { link, loser } = counterpart.value
      return inherit({ link, gone: loser, rest: 'again' }, source, ports)
    }
    case 'found': {
      const { record } = counterpart.value
      // A ConnectWise record that turns out to have a counterpart belongs into the lane of that one.
      const lane = laneOfPair(source.system === 'salesforce' ? source : record.ref, null)
      if (lane !== input.lane) return ok({ kind: 'wait-lane', lane })
      const mapped = await map(run, reading, false)
      return mapped.ok ? compare(run, reading, mapped.value, record) : mapped
    }
  }
}

async function map(run: Run, reading: SourceReading, isCreate: boolean): Promise<Result<Values>> {
  const { input, ports, source, trace } = run
  const mapped = await trace.time('map', () =>
    applyMapping({
      document: input.mapping,
      to: otherSystem(source.system),
      source: reading.values,
      sourceId: source.id,
      isFull: reading.isFull,
      isCreate,
      resolveReference: referenceResolver(ports, trace),
    }),
  )
  if (mapped.ok) trace.mappedValues = mapped.value
  return mapped
}

async function compare(
  run: Run,
  reading: SourceReading,
  desired: Values,
  destination: RemoteRecord,
): Promise<Result<Prepared>> {
  const { input, link, source, trace } = run
  const to = otherSystem(source.system)
  const synced = baseOf(input, to, link, destination.values)
  const pair = { document: input.mapping, to, source: reading.values, desired, synced }
  const difference = threeWay({
    ...pair,
    ...(await before(run, pair)),
    destination: destination.values,
    versions: { source: reading.version, destination: destination.version },
    ...(input.choices === undefined ? {} : { choices: input.choices }),
  })
  const mappedFields = new Set(rowsTo(input.mapping, to).map((row) => row[to]))
  trace.beforeValues = Object.fromEntries(
    Object.entries(destination.values).filter(([field]) => mappedFields.has(field)),
  )
  const { changes, conflicts, values } = difference
  const open = conflicts.filter((conflict) => conflict.winner === null)
  if (open.length > 0) {
    const fields = open.map((conflict) => conflict.field).join(', ')
    return ok({ kind: 'park', reason: `${fields} changed in both systems; choose which value stays.`, conflicts })
  }
  trace.changes = changes
  const back = await valuesBack(run, reading, difference, destination)
  if (!back.ok) return back
  const agreed = { ...difference.synced, [source.system]: { ...difference.synced[source.system], ...back.value } }
  const isNewLink = link === null
  const forSource =
    reading.record === null || Object.keys(back.value).length === 0
      ? null
      : { record: reading.record, values: back.value }
  if (changes.length > 0 || forSource !== null)
    return ok({ kind: 'update', destination, values, conflicts, isNewLink, synced: agreed, back: forSource })
  const { ref, version } = destination
  return ok({ kind: 'unchanged', destination: ref, destinationVersion: version, conflicts, isNewLink, synced: agreed })
}

/** What rows in doubt made of the source as it was when both sides were last in step. */
async function before(
  { ports, source, trace }: Run,
  pair: Omit<Comparison, 'destination' | 'versions'>,
): Promise<Pick<Comparison, 'desiredBefore'>> {
  const fields = rowsInDoubt(pair)
  if (fields.length === 0) return {}
  const mapped = await applyMapping({
    document: { ...pair.document, fields },
    to: pair.to,
    source: pair.synced?.[source.system] ?? {},
    sourceId: source.id,
    isFull: true,
    isCreate: false,
    resolveReference: referenceResolver(ports, trace),
  })
  if (!mapped.ok) return {}
  return { desiredBefore: Object.fromEntries(fields.map((row) => [row[pair.to], mapped.value[row[pair.to]] ?? null])) }
}

/**
 * The base of the comparison. Where the destination holds just what any earlier try of this delivery sent, that is our own write,
 * whose outcome was lost, and not somebody's change there: whatever the source says now is written over it.
 */
function baseOf(
  { mapping, sentBefore }: PrepareInput,
  to: SystemName,
  link: Link | null,
  current: Values,
): SyncedValues {
  const isOurs = (row: MappingField): boolean => {
    const now = current[row[to]]
    return (sentBefore ?? []).some((sent) => {
      const was = sent[row[to]]
      return was !== undefined && now !== undefined && equalNormalised(was, now, row.normalise, mapping.phoneCountry)
    })
  }
  const ours = rowsTo(mapping, to).filter(isOurs)
  const from = otherSystem(to)
  const carried = new Set(ours.map((row) => row[from]))
  const written = ours.map((row) => [row[to], current[row[to]] ?? null] as const)
  const source = Object.fromEntries(Object.entries(link?.[from].synced ?? {}).filter(([field]) => !carried.has(field)))
  const destination = { ...link?.[to].synced, ...Object.fromEntries(written) }
  return to === 'salesforce'
    ? { salesforce: destination, connectwise: source }
    : { salesforce: source, connectwise: destination }
}

/** What the source has to take over because a person chose the destination's value, or one of their own. */
async function valuesBack(
  { input, ports, source, trace }: Run,
  reading: SourceReading,
  { back, values }: Difference,
  destination: RemoteRecord,
): Promise<Result<Values>> {
  const chosen = new Set(back.map((row) => row[source.system]))
  if (chosen.size === 0) return ok({})
  const mapped = await applyMapping({
    document: input.mapping,
    to: source.system,
    source: { ...destination.values, ...values },
    sourceId: destination.ref.id,
    isFull: true,
    isCreate: false,
    resolveReference: referenceResolver(ports, trace),
  })
  if (!mapped.ok) return mapped
  const differs = ([field, value]: [string, Json]) =>
    chosen.has(field) && !sameJson(value, reading.values[field] ?? null)
  return ok(Object.fromEntries(Object.entries(mapped.value).filter(differs)))
}

async function create(run: Run, reading: SourceReading): Promise<Result<Prepared>> {
  const { input, source, trace } = run
  const to = otherSystem(source.system)
  const { entity } = input.mapping[to]
  if (!input.route.mayCreate) {
    return skip(
      `${nameOf(source)} has no ${entity} in ${systemTitle[to]}, and the route "${input.route.name}" may not create one.`,
    )
  }
  const mapped = await map(run, reading, true)
  if (!mapped.ok) return mapped
  const filled = await fillFromParents(mapped.value, input.mapping, to, run.ports, trace)
  if (!filled.ok) return filled
  const values = Object.fromEntries(Object.entries(filled.value).filter(([, value]) => !isEmpty(value)))
  trace.changes = Object.entries(values).map(([field, value]) => ({ field, from: null, to: value }))
  const synced = syncedAfterCreate(input.mapping, to, reading.values, values)
  return ok({ kind: 'create', entity, values, foreignId: source.id, synced })
}

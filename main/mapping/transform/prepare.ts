import { ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { RecordRef, RemoteRecord, Values } from '#shared/domain/record.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import { applyMapping, rowsTo } from '#shared/logic/apply-mapping.ts'
import { isEmpty } from '#shared/logic/json.ts'
import { judgeCondition, judgeMatch } from '#shared/logic/match.ts'
import { syncedAfterCreate } from '#shared/logic/synced-values.ts'
import { isSourceUnchanged, threeWay } from '#shared/logic/three-way.ts'
import { laneOfPair } from '#main/queue/lanes.ts'
import { findCounterpart } from './find-counterpart.ts'
import type { Preparation, Prepared, PrepareInput, PreparePorts } from './prepared.ts'
import { Trace } from './prepared.ts'
import { readSource } from './read-source.ts'
import type { SourceReading } from './read-source.ts'
import { referenceResolver } from './references.ts'
import { nameOf } from './sentences.ts'

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
  const unmet = unmetCondition(run, read.value)
  if (unmet !== null) return skip(unmet)
  return link === null ? joinOrCreate(run, read.value) : carryOver(run, link, read.value)
}

/** Late events must not bring a deleted pair back; a restored record, or a person's replay, may. */
function isTombstone(link: Link, { event, mode }: PrepareInput): boolean {
  return link.endedAt !== null && event.action !== 'restored' && mode === 'live'
}

function sourceGone({ link, source }: Run): Result<Prepared> {
  if (link === null || link.endedAt !== null)
    return skip(`${nameOf(source)} does not exist any more, and nothing is linked with it.`)
  const other = otherSystem(source.system)
  const left = nameOf({ system: other, entity: link[other].entity, id: link[other].id })
  return ok({
    kind: 'unlink',
    link,
    reason: `${nameOf(source)} was deleted. ${left} was left as it is and is not synced any more.`,
  })
}

/** Judges the route's conditions on the whole record; the event alone may have been too thin for it. */
function unmetCondition({ input, link, source }: Run, reading: SourceReading): string | null {
  const { event, route } = input
  const synced = link === null ? {} : { synced: link[event.system].synced }
  const subject = { entity: event.entity, action: event.action, fields: reading.values, ...synced }
  const verdict = judgeMatch(route.match, subject)
  if (verdict === 'yes' || (verdict === 'unknown' && !reading.isFull)) return null
  const unmet = route.match.conditions.find((condition) => judgeCondition(condition, subject) !== 'yes')
  return `${nameOf(source)} does not meet the condition of the route "${route.name}"${unmet === undefined ? '' : ` on ${unmet.field}`}.`
}

async function carryOver(run: Run, link: Link, reading: SourceReading): Promise<Result<Prepared>> {
  const { input, ports, trace } = run
  const to = otherSystem(run.source.system)
  const ref: RecordRef = { system: to, entity: link[to].entity, id: link[to].id }
  const mapped = await map(run, reading, false)
  if (!mapped.ok) return mapped
  const synced = { salesforce: link.salesforce.synced, connectwise: link.connectwise.synced }
  const pair = { document: input.mapping, to, source: reading.values, desired: mapped.value, synced }
  if (input.mode === 'live' && link.endedAt === null && isSourceUnchanged(pair)) {
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
  const reason = `${nameOf(ref)} was deleted. ${nameOf(run.source)} was left as it is and is not synced any more.`
  return link.endedAt === null ? ok({ kind: 'unlink', link, reason }) : skip(reason)
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

function compare(run: Run, reading: SourceReading, desired: Values, destination: RemoteRecord): Result<Prepared> {
  const { input, link, source, trace } = run
  const to = otherSystem(source.system)
  const difference = threeWay({
    document: input.mapping,
    to,
    source: reading.values,
    desired,
    destination: destination.values,
    synced: link === null ? null : { salesforce: link.salesforce.synced, connectwise: link.connectwise.synced },
    versions: { source: reading.version, destination: destination.version },
  })
  const mappedFields = new Set(rowsTo(input.mapping, to).map((row) => row[to]))
  trace.beforeValues = Object.fromEntries(
    Object.entries(destination.values).filter(([field]) => mappedFields.has(field)),
  )
  const { changes, conflicts, synced, values } = difference
  const open = conflicts.filter((conflict) => conflict.winner === null)
  if (open.length > 0) {
    const fields = open.map((conflict) => conflict.field).join(', ')
    return ok({ kind: 'park', reason: `${fields} changed in both systems; choose which value stays.`, conflicts })
  }
  trace.changes = changes
  const isNewLink = link === null
  if (changes.length > 0) return ok({ kind: 'update', destination, values, conflicts, isNewLink, synced })
  const { ref, version } = destination
  return ok({ kind: 'unchanged', destination: ref, destinationVersion: version, conflicts, isNewLink, synced })
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
  const values = Object.fromEntries(Object.entries(mapped.value).filter(([, value]) => !isEmpty(value)))
  trace.changes = Object.entries(values).map(([field, value]) => ({ field, from: null, to: value }))
  const synced = syncedAfterCreate(input.mapping, to, reading.values, values)
  return ok({ kind: 'create', entity, values, foreignId: source.id, synced })
}

import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { CallContext } from '#main/connectors/connector.ts'
import { readTitle } from '#main/inbound/parse/title.ts'
import { prepare } from '#main/mapping/transform/prepare.ts'
import type { Facts, Preparation, Prepared, PreparePorts } from '#main/mapping/transform/prepared.ts'
import { send, type WriteOrder } from '#main/outbound/send.ts'
import { loadWorkItem, type WorkItem } from '#main/outbound/work-item.ts'
import { leaseMs } from '#main/outbound/worker.ts'
import type { AttemptRecord } from '#main/outcomes/attempts.ts'
import { concludeFailure, concludeWithoutWrite, concludeWrite } from '#main/outcomes/conclude.ts'
import { nameEvent } from '#main/outcomes/event-state.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import type { Lease } from '#main/queue/queue.ts'
import { findLink } from '#main/store/links.ts'
import type { Store } from '#main/store/store.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import { failed, type Failure, type Result } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { type RecordRef, systemTitle } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Configuration } from './configuration.ts'
import type { Line } from './line.ts'

export interface CarryOutPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  readonly lines: ReadonlyMap<ConnectionId, Line>
}

/** What a try was made of, besides its outcome. */
interface Try {
  readonly outcome: Outcome
  readonly facts: Facts
}

/**
 * One try at one delivery, from the lease to the recorded outcome: the transform prepares, the outbound stage sends, the outcome
 * is concluded and written down. Nothing of it lives anywhere but in rows, so it may be cut short at any point.
 */
export async function carryOut(lease: Lease, line: Line, ports: CarryOutPorts): Promise<void> {
  const item = ports.store.read((tx) => loadWorkItem(tx, lease))
  if (item === null) return
  const route = ports.configuration.routes.find((one) => one.id === item.routeId)
  if (route === undefined) return abandon(lease, item, ports)
  const mapping = ports.configuration.mapping(route.mappingId, item.mappingVersion)
  const exchanges: Exchange[] = []
  const startedAt = ports.clock.now()
  const started = ports.clock.monotonic()
  const { outcome, facts } = await attemptOnce({ lease, item, route, mapping, line, exchanges }, ports)
  const recordedAt = ports.clock.now()
  const attempt = describeTry(
    { outcome, facts },
    item,
    exchanges,
    mapping,
    startedAt,
    ports.clock.monotonic() - started,
  )
  const title = facts.sourceValues === null ? null : readTitle(facts.sourceValues)
  await ports.store.write((tx) => {
    const isOurs = recordOutcome(tx, lease, item.eventId, outcome, attempt, recordedAt)
    if (isOurs && title !== null) nameEvent(tx, item.eventId, title)
  })
}

interface Job {
  readonly lease: Lease
  readonly item: WorkItem
  readonly route: Route
  readonly mapping: MappingVersion
  readonly line: Line
  readonly exchanges: Exchange[]
}

/** The connection that a failed question was put to; null while none failed. */
interface Culprit {
  line: Line | null
}

async function attemptOnce(job: Job, ports: CarryOutPorts): Promise<Try> {
  const source = ports.lines.get(job.route.sourceConnectionId)
  const held = source?.gate.hold ?? null
  if (source === undefined || (held !== null && source.gate.slots(ports.clock.now()) === 0)) {
    return { outcome: waitForSource(job, held?.until ?? null, held?.reason ?? null, ports), facts: noFacts }
  }
  const signal = AbortSignal.timeout(leaseMs / 2)
  const culprit: Culprit = { line: null }
  const { result, facts } = await prepareSafely(job, source, culprit, signal, ports)
  if (!result.ok) return { outcome: failWith(job, culprit.line, result.failure, ports), facts }
  const prepared = result.value
  if (prepared.kind !== 'create' && prepared.kind !== 'update') {
    return { outcome: concludeWithoutWrite(prepared, facts, sourceRef(job), job.item.lane), facts }
  }
  return write(job, prepared, facts, signal, ports)
}

async function write(
  job: Job,
  prepared: Extract<Prepared, { kind: 'create' | 'update' }>,
  facts: Facts,
  signal: AbortSignal,
  ports: CarryOutPorts,
): Promise<Try> {
  const { connector, gate } = job.line
  const started = ports.clock.monotonic()
  const context: CallContext = { purpose: 'write', signal, record: (exchange) => job.exchanges.push(exchange) }
  const sent = await send(orderOf(prepared), {
    store: ports.store,
    connector,
    lease: job.lease,
    idempotencyKey: job.item.idempotencyKey,
    context,
  })
  const withTime: Facts = {
    ...facts,
    steps: [...facts.steps, { step: 'write', durationMs: ports.clock.monotonic() - started }],
  }
  // The lease was lost: whatever is recorded here will be dropped, as somebody else works on the delivery.
  if (sent === null) return { outcome: { kind: 'skipped', note: 'Another worker has taken over.' }, facts: withTime }
  if (!sent.ok) return { outcome: failWith(job, job.line, sent.failure, ports), facts: withTime }
  gate.succeeded()
  return { outcome: concludeWrite(prepared, sent.value, facts, sourceRef(job)), facts: withTime }
}

function orderOf(prepared: Extract<Prepared, { kind: 'create' | 'update' }>): WriteOrder {
  return prepared.kind === 'create'
    ? { kind: 'create', entity: prepared.entity, values: prepared.values, foreignId: prepared.foreignId }
    : { kind: 'update', destination: prepared.destination, values: prepared.values }
}

/** Runs the transform; a bug in it becomes a dead letter that can be seen and replayed, never a delivery that hangs. */
async function prepareSafely(
  job: Job,
  source: Line,
  culprit: Culprit,
  signal: AbortSignal,
  ports: CarryOutPorts,
): Promise<Preparation> {
  const { item, route, mapping } = job
  try {
    return await prepare(
      { event: item.event, route, mapping: mapping.document, lane: item.lane, mode: item.mode },
      preparePorts(job, source, culprit, signal, ports),
    )
  } catch (thrown) {
    const failure: Failure = {
      class: 'permanent',
      stage: 'transform',
      code: 'INTERNAL',
      sentence: `Patchbay itself failed while it prepared the change: ${toError(thrown).message}`,
      fix: 'Replay it after an update of Patchbay, and send the support bundle to its makers.',
    }
    return { result: failed(failure), facts: noFacts }
  }
}

/** Lets the transform ask both systems; each failure is put down to the connection it came from. */
function preparePorts(
  job: Job,
  source: Line,
  culprit: Culprit,
  signal: AbortSignal,
  ports: CarryOutPorts,
): PreparePorts {
  const record = (exchange: Exchange): void => void job.exchanges.push(exchange)
  const destination = job.line
  const watch = async <T>(line: Line, call: Promise<Result<T>>): Promise<Result<T>> => {
    const answer = await call
    if (answer.ok) line.gate.succeeded()
    else culprit.line = line
    return answer
  }
  return {
    clock: ports.clock,
    findLink: (ref: RecordRef) => ports.store.read((tx) => findLink(tx, ref)),
    fetch: (ref, purpose) => {
      const line = ref.system === job.item.event.system ? source : destination
      return watch(line, line.connector.fetch(ref.entity, ref.id, { purpose, signal, record }))
    },
    findByCrossReference: (entity, foreignId) =>
      watch(
        destination,
        destination.connector.findByCrossReference(entity, foreignId, { purpose: 'look-up', signal, record }),
      ),
    findByField: (entity, field, value) =>
      watch(
        destination,
        destination.connector.findByField(entity, field, value, { purpose: 'look-up', signal, record }),
      ),
  }
}

/**
 * Puts a failure down to the connection it came from, and decides on the next try.
 *
 * While a connection is known to be down a failed probe says nothing about the delivery, so none of its tries is used up.
 */
function failWith(job: Job, culprit: Line | null, failure: Failure, ports: CarryOutPorts): Outcome {
  const now = ports.clock.now()
  const wasDown = culprit?.gate.hold?.state === 'down'
  culprit?.gate.failed(failure, now)
  const hold = culprit?.gate.hold ?? null
  const isProbe = wasDown && hold !== null && (failure.class === 'transient' || failure.class === 'unknown')
  return concludeFailure(failure, job.item, job.route.retry, now, isProbe ? hold.until : null)
}

/** The system that the record has to be read from is held: wait for it without using up a try. */
function waitForSource(job: Job, until: number | null, reason: string | null, ports: CarryOutPorts): Outcome {
  const now = ports.clock.now()
  const title = systemTitle[job.item.event.system]
  const failure: Failure = {
    class: 'limited',
    stage: 'transform',
    code: 'SOURCE_HELD',
    sentence: `${title} can't be read right now. ${reason ?? 'It is not connected.'}`,
    retryAt: until ?? now + 60_000,
  }
  return concludeFailure(failure, job.item, job.route.retry, now, null)
}

function sourceRef({ item }: Job): RecordRef {
  return { system: item.event.system, entity: item.event.entity, id: item.event.recordId }
}

const noFacts: Facts = {
  sourceValues: null,
  sourceVersion: null,
  mappedValues: null,
  beforeValues: null,
  changes: [],
  steps: [],
}

async function abandon(lease: Lease, item: WorkItem, { store, clock }: CarryOutPorts): Promise<void> {
  const outcome: Outcome = { kind: 'skipped', note: `The route ${item.routeId} is not there any more.` }
  await store.write((tx) => recordOutcome(tx, lease, item.eventId, outcome, null, clock.now()))
}

/** The attempt's row; none where nothing was tried, or where the same uncounted failure stands on the delivery already. */
function describeTry(
  { outcome, facts }: Try,
  item: WorkItem,
  exchanges: Exchange[],
  mapping: MappingVersion,
  startedAt: number,
  durationMs: number,
): AttemptRecord | null {
  if (outcome.kind === 'joined') return null
  if (outcome.kind === 'failed' && !outcome.next.counts) {
    if (exchanges.length === 0 || outcome.failure.code === item.failureCode) return null
  }
  const failure = outcome.kind === 'failed' || outcome.kind === 'parked' ? outcome.failure : null
  const result = failure !== null ? 'failed' : outcome.kind === 'skipped' ? 'skipped' : 'succeeded'
  return {
    startedAt,
    durationMs,
    result,
    failure,
    mappingId: mapping.mappingId,
    mappingVersion: mapping.version,
    sourceValues: facts.sourceValues,
    mappedValues: facts.mappedValues,
    beforeValues: facts.beforeValues,
    changes: [...facts.changes],
    steps: [...facts.steps],
    exchanges,
  }
}

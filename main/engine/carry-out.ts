import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { CallContext } from '#main/connectors/connector.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { prepare } from '#main/mapping/transform/prepare.ts'
import type { Facts, Preparation, Prepared, PreparePorts } from '#main/mapping/transform/prepared.ts'
import { send, type NotSent, type PermitPorts, type WriteOrder } from '#main/outbound/send.ts'
import type { SendsUnderWay } from '#main/outbound/under-way.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { leaseMs } from '#main/outbound/worker.ts'
import { concludeFailure, concludeWithoutWrite, concludeWrite } from '#main/outcomes/conclude.ts'
import { nameEvent } from '#main/outcomes/event-state.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { endIfCancelled, isReplayCancelled } from '#main/outcomes/replay-control.ts'
import { loadBeforeImage } from '#main/outcomes/replay-undo.ts'
import { holdKeys } from '#main/store/held-keys.ts'
import { echoNote, takeEcho } from '#main/store/own-writes.ts'
import type { Lease } from '#main/queue/queue.ts'
import { findLink } from '#main/store/links.ts'
import type { Store } from '#main/store/store.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import { failed, type Failure, type Result } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { type RecordRef, systemTitle } from '#shared/domain/record.ts'
import { retryPolicy, type Route } from '#shared/domain/route.ts'
import type { Configuration } from './configuration.ts'
import type { Line } from './line.ts'
import type { Passage, Pauses } from './pauses.ts'
import { findStop } from './stops.ts'
import { describeTry, known, noFacts, type Try } from './try.ts'
import { writeBack } from './write-back.ts'
import { asUndo, prepareUndo, type UndoInput } from './replay-undo.ts'

export interface CarryOutPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  readonly lines: ReadonlyMap<ConnectionId, Line>
  readonly pauses: Pauses
  readonly sends: SendsUnderWay
}

/** How often a delivery of a route that is switched off looks whether it is on again (ms). */
const routeLookMs = 10_000

/**
 * One try at one delivery, from the lease to the recorded outcome: the transform prepares, the outbound stage sends, the outcome
 * is concluded and written down. Nothing of it lives anywhere but in rows, so it may be cut short at any point.
 */
export async function carryOut(lease: Lease, item: WorkItem, line: Line, ports: CarryOutPorts): Promise<void> {
  try {
    await carryOutItem(lease, item, line, ports)
  } catch (thrown) {
    await tellOfBug(lease, item, thrown, ports)
    throw thrown
  }
}

async function carryOutItem(lease: Lease, item: WorkItem, line: Line, ports: CarryOutPorts): Promise<void> {
  const route = ports.configuration.routes.find((one) => one.id === item.routeId)
  if (route === undefined) return abandon(lease, item, ports)
  const mapping = ports.configuration.mapping(route.mappingId, item.mappingVersion)
  const exchanges: Exchange[] = []
  const startedAt = ports.clock.now()
  const started = ports.clock.monotonic()
  const { signal, end } = line.tries.begin(leaseMs / 2)
  const job = { lease, item, route, mapping, line, exchanges, signal }
  const { outcome: plain, facts } = await attemptOnce(job, ports).finally(end)
  // A stop has cut it short: its row stays as after a crash, and the next start asks what became of it.
  if (line.tries.areCut && plain.kind === 'failed') return
  const outcome = item.undoOf === null ? plain : asUndo(plain)
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
    if (isOurs) endIfCancelled(tx, lease.deliveryId, recordedAt)
  })
}

interface Job {
  readonly lease: Lease
  readonly item: WorkItem
  readonly route: Route
  readonly mapping: MappingVersion
  readonly line: Line
  readonly exchanges: Exchange[]
  readonly signal: AbortSignal
}

/** The connection that a failed question was put to; null while none failed. */
interface Culprit {
  line: Line | null
}

/** What the delivery passes on its way, for those who hold it back there. */
function passageOf({ route }: Job): Passage {
  return { routeId: route.id, connectionIds: [route.connectionId, route.sourceConnectionId] }
}

async function attemptOnce(job: Job, ports: CarryOutPorts): Promise<Try> {
  if (!job.route.enabled) return { outcome: waitForRoute(job, ports), facts: noFacts }
  const pause = ports.pauses.holding(passageOf(job))
  if (pause !== null) return { outcome: { kind: 'held', pause }, facts: noFacts }
  const source = ports.lines.get(job.route.sourceConnectionId)
  const held = source?.gate.hold ?? null
  if (source === undefined || (held !== null && source.gate.slots(ports.clock.now()) === 0)) {
    return { outcome: waitForSource(job, held?.until ?? null, held?.reason ?? null, ports), facts: noFacts }
  }
  if (await isEcho(job, ports)) {
    return {
      outcome: { kind: 'skipped', note: echoNote },
      facts: noFacts,
    }
  }
  const { signal } = job
  const culprit: Culprit = { line: null }
  const { result, facts } = await prepareSafely(job, source, culprit, signal, ports)
  if (!result.ok) return { outcome: failWith(job, culprit.line, result.failure, ports), facts }
  const prepared = result.value
  const { configuration, store } = ports
  const stop = findStop(job.lease.deliveryId, prepared, facts, job.item, {
    configuration,
    store,
    now: ports.clock.now(),
  })
  if (stop !== null) return { outcome: { kind: 'parked', ...stop }, facts }
  if (prepared.kind !== 'create' && prepared.kind !== 'update') {
    return { outcome: concludeWithoutWrite(prepared, known(facts), sourceRef(job), job.item.lane), facts }
  }
  return write(job, source, prepared, facts, signal, ports)
}

/** An echo may come in before the write it echoes is in the ledger; by the time its turn has come it is. */
async function isEcho({ item }: Job, { store }: CarryOutPorts): Promise<boolean> {
  const { event, eventId } = item
  if (!event.ownMark || item.mode !== 'live' || item.attemptCount > 0) return false
  const ref = { system: event.system, entity: event.entity, id: event.recordId }
  return store.writeLight((tx) => takeEcho(tx, { id: eventId, ref, version: event.version }, event.fields))
}

async function write(
  job: Job,
  source: Line,
  prepared: Extract<Prepared, { kind: 'create' | 'update' }>,
  facts: Facts,
  signal: AbortSignal,
  ports: CarryOutPorts,
): Promise<Try> {
  const { connector, gate } = job.line
  const started = ports.clock.monotonic()
  const context: CallContext = { purpose: 'write', signal, record: (exchange) => job.exchanges.push(exchange) }
  const way: PermitPorts = {
    store: ports.store,
    lease: job.lease,
    pausedBy: (tx) => ports.pauses.holdingIn(tx, passageOf(job)),
    isCalledOff: (tx) => !isRouteOn(job, ports) || isReplayCancelled(tx, job.lease.deliveryId),
  }
  const routeId = job.route.id
  const leaveSource = ports.sends.enter({ connectionId: source.connection.id, routeId })
  const back = await writeBack(prepared, source.connector, context, way).finally(leaveSource)
  if (back.kind === 'failed') return { outcome: failWith(job, source, back.failure, ports), facts }
  if (back.kind !== 'written') return { outcome: outcomeOf(back), facts }
  if (prepared.kind === 'update' && Object.keys(prepared.values).length === 0) {
    const receipt = { created: false, record: prepared.destination }
    return { outcome: concludeWrite(prepared, receipt, known(facts), sourceRef(job), back.write), facts }
  }
  const leave = ports.sends.enter({ connectionId: job.line.connection.id, routeId })
  const { idempotencyKey } = job.item
  const order = orderOf(prepared, job.item)
  const sent = await send(order, { ...way, connector, idempotencyKey, context }).finally(leave)
  if (sent.kind !== 'answered') return { outcome: outcomeOf(sent), facts }
  const withTime: Facts = {
    ...facts,
    steps: [...facts.steps, { step: 'write', durationMs: ports.clock.monotonic() - started }],
  }
  const { answer } = sent
  if (!answer.ok) return { outcome: failWith(job, job.line, answer.failure, ports), facts: withTime }
  gate.succeeded(ports.clock.now())
  return { outcome: concludeWrite(prepared, answer.value, known(facts), sourceRef(job), back.write), facts: withTime }
}

/** As it is now; the route of the job is the one of the try's beginning. */
function isRouteOn({ route }: Job, { configuration }: CarryOutPorts): boolean {
  return configuration.routes.some(({ id, enabled }) => id === route.id && enabled)
}

function outcomeOf(stop: NotSent): Outcome {
  switch (stop.kind) {
    case 'paused':
      return { kind: 'held', pause: stop.pause }
    case 'called-off':
      return { kind: 'again', note: 'It was about to be sent.' }
    case 'lost':
      // Whatever is recorded here will be dropped, as somebody else works on the delivery.
      return { kind: 'skipped', note: 'Another worker has taken over.' }
  }
}

/** The transform has asked the other side for a record it wants made; only with nothing of it on its way does that still hold. */
function orderOf(prepared: Extract<Prepared, { kind: 'create' | 'update' }>, { isFirst }: WorkItem): WriteOrder {
  if (prepared.kind === 'update') {
    return { kind: 'update', destination: prepared.destination, values: prepared.values }
  }
  const { entity, foreignId, values } = prepared
  return { kind: 'create', entity, values, foreignId, isAbsent: isFirst }
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
  const withChoices = item.choices === undefined ? {} : { choices: item.choices }
  try {
    if (item.mode === 'undo') {
      return await prepareUndo(undoInput(job, ports), preparePorts(job, source, culprit, signal, ports))
    }
    return await prepare(
      {
        event: item.event,
        route,
        mapping: mapping.document,
        lane: item.lane,
        mode: item.mode,
        sentBefore: item.sentBefore,
        ...withChoices,
      },
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

function undoInput(job: Job, { store }: CarryOutPorts): UndoInput {
  const { undoOf } = job.item
  const image = undoOf === null ? null : store.read((tx) => loadBeforeImage(tx, undoOf))
  return { source: sourceRef(job), image, mapping: job.mapping.document }
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
    if (answer.ok) line.gate.succeeded(ports.clock.now())
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
    findWinner: ({ entity, id, system }) => {
      const line = system === job.item.event.system ? source : destination
      return watch(line, line.connector.findWinner(entity, id, { purpose: 'look-up', signal, record }))
    },
    holdKeys: (keys) => ports.store.writeLight((tx) => holdKeys(tx, job.lease.deliveryId, keys)),
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
  const isProbe = !job.line.tries.areCut && (culprit?.gate.failed(failure, now, job.lease.deliveryId) ?? false)
  const probeAgainAt = isProbe ? (culprit?.gate.hold?.until ?? null) : null
  return concludeFailure(failure, job.item, job.route.retry, now, probeAgainAt)
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

/** Switching a route off holds what it has not sent yet; switching it on lets that go on. */
function waitForRoute(job: Job, ports: CarryOutPorts): Outcome {
  const now = ports.clock.now()
  const failure: Failure = {
    class: 'limited',
    stage: 'route',
    code: 'ROUTE_OFF',
    sentence: `The route "${job.route.name}" is switched off.`,
    fix: 'Switch it on to let the delivery go on, or cancel the delivery.',
    retryAt: now + routeLookMs,
  }
  return concludeFailure(failure, job.item, job.route.retry, now, null)
}

/**
 * What could not be recorded is told on the delivery itself, in a transaction of its own, and tried again like an unknown outcome:
 * the other side is asked first. Without this it would be seen by nobody until its lease runs out.
 */
async function tellOfBug(
  lease: Lease,
  item: WorkItem,
  thrown: unknown,
  { store, clock, configuration }: CarryOutPorts,
): Promise<void> {
  const policy = configuration.routes.find((one) => one.id === item.routeId)?.retry ?? retryPolicy.parse({})
  const failure: Failure = {
    class: 'unknown',
    stage: 'record',
    code: 'INTERNAL',
    sentence: `Patchbay itself failed while it worked on this: ${toError(thrown).message}`,
    fix: 'Nothing to do at first: it is tried again, after a look at what is there. Should it stay, send the support bundle to the makers of Patchbay.',
  }
  const now = clock.now()
  const outcome = concludeFailure(failure, item, policy, now, null)
  await store.write((tx) => {
    if (recordOutcome(tx, lease, item.eventId, outcome, null, now)) endIfCancelled(tx, lease.deliveryId, now)
  })
}

function sourceRef({ item }: Job): RecordRef {
  return { system: item.event.system, entity: item.event.entity, id: item.event.recordId }
}

async function abandon(lease: Lease, item: WorkItem, { store, clock }: CarryOutPorts): Promise<void> {
  const outcome: Outcome = { kind: 'skipped', note: `The route ${item.routeId} is not there any more.` }
  await store.write((tx) => recordOutcome(tx, lease, item.eventId, outcome, null, clock.now()))
}

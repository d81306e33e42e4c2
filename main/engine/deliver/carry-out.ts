import { toError } from '#main/base/errors.ts'
import type { Gate } from '#main/outbound/gate.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { leaseMs } from '#main/outbound/worker.ts'
import { concludeFailure, concludeWithoutWrite } from '#main/outcomes/conclude.ts'
import { nameEvent } from '#main/outcomes/event-state.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { endIfCancelled } from '#main/outcomes/replay-control.ts'
import { wakeWaitingFor, type Lease } from '#main/queue/queue.ts'
import { echoNote, takeEcho } from '#main/store/own-writes.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { retryPolicy } from '#shared/domain/route.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { readableKey, type Line } from './line.ts'
import { prepareSafely } from './prepare-try.ts'
import { asUndo } from '../replay/replay-undo.ts'
import { findStop, planUnlink } from './stops.ts'
import { describeTry, known, noFacts, type Try } from './try.ts'
import { failWith, passageOf, sourceRef, type CarryOutPorts, type Culprit, type Job } from './try-job.ts'
import { sourceHeldCode, waitForRoute, waitForSource } from './wait-outcomes.ts'
import { write } from './write-try.ts'

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
  const source = ports.lines.get(route.sourceConnectionId)
  const exchanges: Exchange[] = []
  const startedAt = ports.clock.now()
  const started = ports.clock.monotonic()
  const { signal, end } = line.tries.begin(leaseMs / 2)
  const job = { lease, item, route, mapping, line, exchanges, signal }
  const { outcome: plain, facts } = await attemptOnce(job, source, ports).finally(end)
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
    wakeIfReadable(tx, outcome, source, recordedAt)
  })
  for (const gate of [line.gate, source?.gate]) {
    if (gate !== undefined) tellGate(gate, lease.deliveryId, outcome, recordedAt)
  }
}

/** What a delivery has come to may be the end of what stood against a connection. */
function tellGate(gate: Gate, id: DeliveryId, outcome: Outcome, now: number): void {
  switch (outcome.kind) {
    case 'delivered':
    case 'unlinked':
    case 'skipped':
    case 'parked':
    case 'moved':
      return gate.ended(id, now)
    case 'failed':
      return outcome.next.state === 'dead' ? gate.gaveUp(id, now) : undefined
    case 'joined':
    case 'again':
    case 'held':
      return undefined
  }
}

/** The source may have opened since it was found shut, and nobody wakes for that a second time. */
function wakeIfReadable(tx: Transaction, outcome: Outcome, source: Line | undefined, now: number): void {
  const code = outcome.kind === 'failed' ? outcome.failure.code : null
  if (source === undefined || code !== sourceHeldCode || source.gate.holding(now, 'read') !== null) return
  wakeWaitingFor(tx, readableKey(source.connection.id), now)
}

async function attemptOnce(job: Job, source: Line | undefined, ports: CarryOutPorts): Promise<Try> {
  if (!job.route.enabled) return { outcome: waitForRoute(job, ports), facts: noFacts }
  const pause = ports.pauses.holding(passageOf(job))
  if (pause !== null) return { outcome: { kind: 'held', pause }, facts: noFacts }
  if (source === undefined) return { outcome: waitForSource(job, ports), facts: noFacts }
  if (await isEcho(job, ports)) {
    return {
      outcome: { kind: 'skipped', note: echoNote },
      facts: noFacts,
    }
  }
  const { signal } = job
  const culprit: Culprit = { line: null }
  const { result, facts } = await prepareSafely(job, source, culprit, signal, ports)
  if (!result.ok) return { outcome: failWith(job, culprit.line, result.failure, 'read', ports), facts }
  const prepared = result.value
  const { configuration, store } = ports
  const stop = findStop(job.lease.deliveryId, prepared, facts, job.item, {
    configuration,
    store,
    now: ports.clock.now(),
  })
  if (stop !== null) return { outcome: { kind: 'parked', ...stop }, facts }
  if (prepared.kind !== 'create' && prepared.kind !== 'update') {
    const outcome = concludeWithoutWrite(prepared, known(facts), sourceRef(job), job.item.lane)
    if (outcome.kind !== 'unlinked' || prepared.kind !== 'unlink') return { outcome, facts }
    return { outcome: { ...outcome, planned: planUnlink(prepared, job.item, ports) }, facts }
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

async function abandon(lease: Lease, item: WorkItem, { store, clock }: CarryOutPorts): Promise<void> {
  const outcome: Outcome = { kind: 'skipped', note: `The route ${item.routeId} is not there any more.` }
  await store.write((tx) => recordOutcome(tx, lease, item.eventId, outcome, null, clock.now()))
}

import type { CallContext } from '#main/connectors/connector.ts'
import type { Facts, Prepared } from '#main/mapping/transform/prepared.ts'
import { send, type NotSent, type PermitPorts, type WriteOrder } from '#main/outbound/send.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { concludeWrite } from '#main/outcomes/conclude.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import { isReplayCancelled } from '#main/outcomes/replay-control.ts'
import type { Line } from './line.ts'
import { known, type Try } from './try.ts'
import { failWith, passageOf, sourceRef, type CarryOutPorts, type Job } from './try-job.ts'
import { writeBack } from './write-back.ts'

/** Sends what was prepared, if nobody has paused or called it off meanwhile, and concludes what came of it. */
export async function write(
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
  const of = { routeId: job.route.id, sourceId: job.item.sourceId }
  const leaveSource = ports.sends.enter({ ...of, connectionId: source.connection.id })
  const back = await writeBack(prepared, source.connector, context, way).finally(leaveSource)
  if (back.kind === 'failed') return { outcome: failWith(job, source, back.failure, 'write', ports), facts }
  if (back.kind !== 'written') return { outcome: outcomeOf(back), facts }
  if (back.write !== null) source.gate.succeeded(ports.clock.now(), 'write')
  if (prepared.kind === 'update' && Object.keys(prepared.values).length === 0) {
    const receipt = { created: false, record: prepared.destination }
    return { outcome: concludeWrite(prepared, receipt, known(facts), sourceRef(job), back.write), facts }
  }
  const leave = ports.sends.enter({ ...of, connectionId: job.line.connection.id })
  const { idempotencyKey } = job.item
  const order = orderOf(prepared, job.item)
  const sent = await send(order, { ...way, connector, idempotencyKey, context }).finally(leave)
  if (sent.kind !== 'answered') return { outcome: outcomeOf(sent), facts }
  const withTime: Facts = {
    ...facts,
    steps: [...facts.steps, { step: 'write', durationMs: ports.clock.monotonic() - started }],
  }
  const { answer } = sent
  if (!answer.ok) return { outcome: failWith(job, job.line, answer.failure, 'write', ports), facts: withTime }
  gate.succeeded(ports.clock.now(), 'write')
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

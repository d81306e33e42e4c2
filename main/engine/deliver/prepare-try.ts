import { toError } from '#main/base/errors.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { prepare } from '#main/mapping/transform/prepare.ts'
import type { Preparation, PreparePorts } from '#main/mapping/transform/prepared.ts'
import { loadBeforeImage } from '#main/outcomes/replay-undo.ts'
import { holdKeys } from '#main/store/held-keys.ts'
import { findLink } from '#main/store/links.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import { failed, type Failure, type Result } from '#shared/domain/failure.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import type { Line } from './line.ts'
import { prepareUndo, type UndoInput } from '../replay/replay-undo.ts'
import { SourceTurn } from './source-turn.ts'
import { noFacts } from './try.ts'
import { sourceRef, type CarryOutPorts, type Culprit, type Job } from './try-job.ts'

/** Runs the transform; a bug in it becomes a dead letter that can be seen and replayed, never a delivery that hangs. */
export async function prepareSafely(
  job: Job,
  source: Line,
  culprit: Culprit,
  signal: AbortSignal,
  ports: CarryOutPorts,
): Promise<Preparation> {
  const { item, route, mapping } = job
  const turn = new SourceTurn({ source, item, clock: ports.clock, signal })
  const asking = preparePorts(job, source, turn, culprit, signal, ports)
  const withChoices = item.choices === undefined ? {} : { choices: item.choices }
  try {
    if (item.mode === 'undo') {
      return await prepareUndo(undoInput(job, ports), asking)
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
      asking,
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
  } finally {
    turn.end()
  }
}

function undoInput(job: Job, { store }: CarryOutPorts): UndoInput {
  const { undoOf } = job.item
  const image = undoOf === null ? null : store.read((tx) => loadBeforeImage(tx, undoOf))
  return { source: sourceRef(job), image, mapping: job.mapping.document }
}

/**
 * Lets the transform ask both systems, the source when it is its turn there; each failure is put down to the connection it came from. One
 * that comes from none says only that the delivery has to wait.
 */
function preparePorts(
  job: Job,
  source: Line,
  turn: SourceTurn,
  culprit: Culprit,
  signal: AbortSignal,
  ports: CarryOutPorts,
): PreparePorts {
  const record = (exchange: Exchange): void => void job.exchanges.push(exchange)
  const context: CallContext = { purpose: 'look-up', signal, record }
  const destination = job.line
  const ask = async <T>(line: Line, call: (connector: Connector) => Promise<Result<T>>): Promise<Result<T>> => {
    const hindrance = line === source ? await turn.take() : null
    if (hindrance !== null) return failed(hindrance)
    const answer = await call(line.connector)
    if (answer.ok) line.gate.succeeded(ports.clock.now(), 'read')
    else culprit.line = line
    return answer
  }
  const lineOf = (system: RecordRef['system']): Line => (system === job.item.event.system ? source : destination)
  return {
    clock: ports.clock,
    findLink: (ref: RecordRef) => ports.store.read((tx) => findLink(tx, ref)),
    fetch: ({ entity, id, system }, purpose) =>
      ask(lineOf(system), (connector) => connector.fetch(entity, id, { ...context, purpose })),
    findWinner: ({ entity, id, system }) =>
      ask(lineOf(system), (connector) => connector.findWinner(entity, id, context)),
    holdKeys: (keys) => ports.store.writeLight((tx) => holdKeys(tx, job.lease.deliveryId, keys)),
    findByCrossReference: (entity, foreignId) =>
      ask(destination, (connector) => connector.findByCrossReference(entity, foreignId, context)),
    findByField: (entity, field, value) =>
      ask(destination, (connector) => connector.findByField(entity, field, value, context)),
  }
}

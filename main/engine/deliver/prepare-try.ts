import { toError } from '#main/base/errors.ts'
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

import type { Clock } from '#main/base/clock.ts'
import type { CallKind } from '#main/outbound/gate.ts'
import type { SendsUnderWay } from '#main/outbound/under-way.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { concludeFailure } from '#main/outcomes/conclude.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import type { Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import type { Failure, FailureClass } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Configuration } from '../configure/configuration.ts'
import { readableKey, type Line } from './line.ts'
import type { Passage, Pauses } from '../pauses.ts'

/** What carrying out a delivery takes of the rest of the relay. */
export interface CarryOutPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  readonly lines: ReadonlyMap<ConnectionId, Line>
  readonly pauses: Pauses
  readonly sends: SendsUnderWay
}

/** One try at one delivery: all that its steps share. */
export interface Job {
  readonly lease: Lease
  readonly item: WorkItem
  readonly route: Route
  readonly mapping: MappingVersion
  readonly line: Line
  readonly exchanges: Exchange[]
  readonly signal: AbortSignal
}

/** The connection that a failed call was made to; null while none failed. */
export interface Culprit {
  line: Line | null
}

/** The classes of failures that are over when their connection opens. */
const passesWithHold: readonly FailureClass[] = ['transient', 'unknown', 'auth', 'limited']

/** What the delivery passes on its way, for those who hold it back there. */
export function passageOf({ item, route }: Job): Passage {
  const { sourceId } = item
  return { routeId: route.id, connectionIds: [route.connectionId, route.sourceConnectionId], sourceId }
}

export function sourceRef({ item }: Job): RecordRef {
  return { system: item.event.system, entity: item.event.entity, id: item.event.recordId }
}

/**
 * Puts a failure down to the connection it came from, and decides on the next try.
 *
 * While a connection is known to be down a failed probe says nothing about the delivery, so none of its tries is used up. What failed at the
 * source wakes when that opens, as what failed at the destination does.
 */
export function failWith(
  job: Job,
  culprit: Line | null,
  failure: Failure,
  kind: CallKind,
  ports: CarryOutPorts,
): Outcome {
  const now = ports.clock.now()
  const isProbe = !job.line.tries.areCut && (culprit?.gate.failed(failure, now, kind, job.lease.deliveryId) ?? false)
  const probeAgainAt = isProbe ? (culprit?.gate.hold?.until ?? null) : null
  const isElsewhere = culprit !== null && culprit !== job.line && passesWithHold.includes(failure.class)
  const told = isElsewhere ? { ...failure, waitsFor: readableKey(culprit.connection.id) } : failure
  return concludeFailure(told, job.item, job.route.retry, now, probeAgainAt)
}

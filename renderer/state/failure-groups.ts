import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'

/** Deliveries that failed for the same reason on the same route. */
export interface FailureGroup {
  readonly key: string
  readonly routeId: string
  readonly code: string
  /** Dead letters are done until replayed; parked ones wait for a decision. */
  readonly state: 'dead' | 'parked'
  /** Of the newest one: explains the group. */
  readonly failure: Failure | null
  readonly sentence: string
  /** Newest first. */
  readonly deliveries: readonly DeliverySummary[]
  readonly newestAt: number
  readonly oldestAt: number
}

/** Groups what needs a person by route and cause; the largest group first. Replayed dead letters are done and left out. */
export function groupFailures(deliveries: readonly DeliverySummary[]): FailureGroup[] {
  const groups = new Map<string, DeliverySummary[]>()
  for (const delivery of deliveries) {
    if (!needsPerson(delivery)) continue
    const key = groupKey(delivery)
    groups.set(key, [...(groups.get(key) ?? []), delivery])
  }
  return [...groups.entries()]
    .map(([key, members]) => groupOf(key, members))
    .filter((group) => group !== null)
    .sort((one, other) => other.deliveries.length - one.deliveries.length || other.newestAt - one.newestAt)
}

/** Whether a delivery stands still until somebody does something. */
export function needsPerson(delivery: DeliverySummary): boolean {
  return delivery.state === 'parked' || (delivery.state === 'dead' && delivery.replayedBy === null)
}

function groupKey(delivery: DeliverySummary): string {
  return `${delivery.state} ${delivery.routeId} ${delivery.failure?.code ?? ''}`
}

function groupOf(key: string, members: DeliverySummary[]): FailureGroup | null {
  const deliveries = members.sort((one, other) => other.id - one.id)
  const [newest] = deliveries
  const oldest = deliveries.at(-1)
  if (newest === undefined || oldest === undefined) return null
  return {
    key,
    routeId: newest.routeId,
    code: newest.failure?.code ?? 'unexplained',
    state: newest.state === 'parked' ? 'parked' : 'dead',
    failure: newest.failure,
    sentence: newest.failure?.sentence ?? newest.note ?? 'No reason was recorded.',
    deliveries,
    newestAt: newest.endedAt ?? newest.createdAt,
    oldestAt: oldest.endedAt ?? oldest.createdAt,
  }
}

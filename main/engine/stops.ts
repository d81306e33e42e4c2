import type { Prepared } from '#main/mapping/transform/prepared.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { guardDeletion, guardLoop, type Stop } from '#main/outcomes/guards.ts'
import type { Store } from '#main/store/store.ts'
import type { Choices } from '#shared/domain/conflict.ts'

/** Why a live delivery may not do what was prepared: too many deletions at once, or a pair that runs in circles. */
export function findStop(
  prepared: Prepared,
  item: WorkItem,
  choices: Choices | undefined,
  { now, store }: { readonly now: number; readonly store: Store },
): Stop | null {
  const { event } = item
  if (item.mode !== 'live' || choices !== undefined) return null
  if (prepared.kind === 'unlink' && prepared.gone.system === event.system) {
    return store.read((tx) => guardDeletion(tx, item.eventId, now))
  }
  if (prepared.kind !== 'update') return null
  const { destination, values } = prepared
  return store.read((tx) =>
    guardLoop(
      tx,
      {
        lane: item.lane,
        source: { system: event.system, entity: event.entity, id: event.recordId },
        destination: destination.ref,
        values,
        ownMark: event.ownMark,
        before: destination.values,
      },
      now,
    ),
  )
}

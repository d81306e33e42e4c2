import type { Facts, Prepared } from '#main/mapping/transform/prepared.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { guardChoices } from '#main/outcomes/chosen.ts'
import { guardDeletion, guardLoop } from '#main/outcomes/guards.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import type { Store } from '#main/store/store.ts'
import type { DeliveryId, SourceId } from '#shared/domain/ids.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { usualMostDeletions } from '#shared/domain/source.ts'
import type { Configuration } from '../configure/configuration.ts'

export interface StopPorts {
  readonly configuration: Configuration
  readonly store: Store
  readonly now: number
}

/**
 * Why a delivery may not do what was prepared: too many deletions at once, a pair that runs in circles, or a choice that would write over
 * what nobody has seen. The first two are asked of live ones only.
 */
export function findStop(
  id: DeliveryId,
  prepared: Prepared,
  facts: Facts,
  item: WorkItem,
  { configuration, now, store }: StopPorts,
): Omit<Extract<Outcome, { kind: 'parked' }>, 'kind'> | null {
  const { choices, event } = item
  if (choices !== undefined) {
    if (prepared.kind !== 'update') return null
    const to = otherSystem(event.system)
    const sides = { to, wanted: facts.mappedValues ?? {}, actual: prepared.destination.values }
    return store.read((tx) => guardChoices(tx, id, choices, sides))
  }
  if (item.mode !== 'live') return null
  if (prepared.kind === 'unlink' && prepared.gone.system === event.system) {
    const mostOf = (source: SourceId): number | null => {
      const found = configuration.sources.get(source)
      return found === undefined ? usualMostDeletions : found.value.settings.mostDeletions
    }
    return store.read((tx) => guardDeletion(tx, item.eventId, mostOf, now))
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

import type { Facts, Prepared } from '#main/mapping/transform/prepared.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { guardChoices } from '#main/outcomes/chosen.ts'
import { guardLoop } from '#main/outcomes/guards.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import { guardUnlink, type PlannedUnlink } from '#main/outcomes/unlink-guard.ts'
import type { Store } from '#main/store/store.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { usualMostDeletions } from '#shared/domain/source.ts'
import type { Configuration } from '../configure/configuration.ts'

export interface StopPorts {
  readonly configuration: Configuration
  readonly store: Store
  readonly now: number
}

/**
 * Why a delivery may not do what was prepared: too many links that end at once, a choice that would write over what nobody has seen, or a
 * pair that runs in circles. The last is asked of live ones only.
 */
export function findStop(
  id: DeliveryId,
  prepared: Prepared,
  facts: Facts,
  item: WorkItem,
  ports: StopPorts,
): Omit<Extract<Outcome, { kind: 'parked' }>, 'kind'> | null {
  const { now, store } = ports
  const { choices, event } = item
  if (prepared.kind === 'unlink') {
    const planned = planUnlink(prepared, item, ports)
    return store.read((tx) => guardUnlink(tx, planned, now))
  }
  if (choices !== undefined) {
    if (prepared.kind !== 'update') return null
    const to = otherSystem(event.system)
    const sides = { to, wanted: facts.mappedValues ?? {}, actual: prepared.destination.values }
    return store.read((tx) => guardChoices(tx, id, choices, sides))
  }
  if (item.mode !== 'live') return null
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

/** What the guard has to know of a link that is to end. */
export function planUnlink(
  { gone }: Extract<Prepared, { kind: 'unlink' }>,
  { createdAt, event, eventId, mode, sourceId }: WorkItem,
  { configuration }: Pick<StopPorts, 'configuration'>,
): PlannedUnlink {
  const source = configuration.sources.get(sourceId)
  const said = event.action === 'deleted' ? 'deleted' : 'changed'
  return {
    eventId,
    sourceId,
    gone,
    told: gone.system === event.system ? said : 'nothing',
    orderedAt: mode === 'live' ? null : createdAt,
    most: source === undefined ? usualMostDeletions : source.value.settings.mostDeletions,
  }
}

import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Replay, ReplayReceipt } from '#shared/domain/replay.ts'
import type { SliceTools } from './console-state.ts'
import { createPacer } from './pace.ts'

export interface FailuresSlice {
  /** Dead and parked deliveries, newest first; at most `loadLimit` of each. */
  readonly deliveries: readonly DeliverySummary[]
  /** There are more than were loaded. */
  readonly more: boolean
  readonly loaded: boolean
  readonly failed: unknown
  /** Names of the routes by id. */
  readonly routeNames: Readonly<Record<string, string>>
  readonly replays: readonly Replay[]
  /** Being replayed right now. */
  readonly replaying: ReadonlySet<DeliveryId>
  reload(): Promise<void>
  push(events: readonly EventSummary[]): void
  /** Orders a replay of each, with today's mapping and the records as they are now, and says what came of the order. */
  replay(deliveries: readonly DeliverySummary[]): Promise<void>
}

/** Deliveries of one state that the screen loads; beyond that, fixing the largest groups comes first. */
export const loadLimit = 500

export function createFailuresSlice({ call, get, set, all }: SliceTools<FailuresSlice>): FailuresSlice {
  const reloads = createPacer<null>(1_000, () => void reload())

  async function reload() {
    try {
      const [dead, parked, routes, replays] = await Promise.all([
        call.deliveries.list({ state: 'dead', limit: loadLimit }),
        call.deliveries.list({ state: 'parked', limit: loadLimit }),
        call.routes.list(),
        call.replays.list({ limit: 5 }),
      ])
      set({
        deliveries: [...dead.items, ...parked.items],
        more: dead.next !== null || parked.next !== null,
        routeNames: Object.fromEntries(routes.map((route) => [route.id, route.name])),
        replays: replays.items,
        loaded: true,
        failed: null,
      })
    } catch (error) {
      set({ failed: error })
    }
  }

  function mark(ids: readonly DeliveryId[], busy: boolean) {
    const replaying = new Set(get().replaying)
    for (const id of ids)
      if (busy) replaying.add(id)
      else replaying.delete(id)
    set({ replaying })
  }

  function tellReceipt(receipt: ReplayReceipt, asked: readonly DeliverySummary[]) {
    const refused = new Set(receipt.refused.map(({ deliveryId }) => deliveryId))
    const first = asked.find((delivery) => !refused.has(delivery.id))
    const done = receipt.deliveryIds.length
    if (first && done === 1) {
      all().notices.tell('The delivery is on its way again.', { label: 'See it', hash: `#/events/${first.eventId}` })
    } else if (first && done > 1) {
      const link = { label: 'See the first', hash: `#/events/${first.eventId}` }
      all().notices.tell(`${done.toLocaleString('en')} deliveries are on their way again.`, link)
    }
    for (const { deliveryId, reason } of receipt.refused.slice(0, 2)) {
      const what = deliveryId === undefined ? 'Something' : `Delivery ${deliveryId}`
      all().notices.warn(`${what} was not replayed.`, new Error(reason))
    }
  }

  return {
    deliveries: [],
    more: false,
    loaded: false,
    failed: null,
    routeNames: {},
    replays: [],
    replaying: new Set(),
    reload,
    push(events) {
      if (!get().loaded) return
      const known = new Set(get().deliveries.map((delivery) => delivery.eventId))
      if (events.some((event) => event.state === 'dead' || known.has(event.id))) reloads.add(null)
    },
    async replay(deliveries) {
      const ids = deliveries.map((delivery) => delivery.id)
      mark(ids, true)
      try {
        tellReceipt(await call.replays.create({ deliveryIds: ids, mode: 'current' }), deliveries)
      } catch (error) {
        all().notices.warn('The replay could not be started.', error)
      }
      mark(ids, false)
      await Promise.all([reload(), all().event.reload()])
    },
  }
}

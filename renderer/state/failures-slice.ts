import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { ReplayReceipt } from '#shared/domain/replay.ts'
import type { SliceTools } from './console-state.ts'
import { createPacer } from './pace.ts'

export interface FailuresSlice {
  /** Counts what people did about failures: lists of them are asked for anew when it grows. */
  readonly round: number
  /** Counts the times that something died, at most once a second. */
  readonly deaths: number
  /** Being replayed right now. */
  readonly replaying: ReadonlySet<DeliveryId>
  /** Has whatever shows failures ask anew. */
  reload(): Promise<void>
  push(events: readonly EventSummary[]): void
  /** Orders a replay of each, with today's mapping and the records as they are now, and says what came of the order. */
  replay(deliveries: readonly DeliverySummary[]): Promise<void>
}

export function createFailuresSlice({ call, get, set, all }: SliceTools<FailuresSlice>): FailuresSlice {
  const reload = async () => set({ round: get().round + 1 })

  const deaths = createPacer<null>(1_000, () => set({ deaths: get().deaths + 1 }))

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
    round: 0,
    deaths: 0,
    replaying: new Set(),
    reload,
    push(events) {
      if (events.some((event) => event.state === 'dead')) deaths.add(null)
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

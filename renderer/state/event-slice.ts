import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { SliceTools } from './console-state.ts'

/** The parts of an event, in the order of their tabs. */
export const eventTabs = ['timeline', 'values', 'payload', 'attempts', 'related', 'details'] as const
export type EventTab = (typeof eventTabs)[number]

export interface EventSlice {
  readonly id: number | null
  readonly detail: EventDetail | null
  /** The part of it that is shown; stays when another event is opened. */
  readonly tab: EventTab
  readonly loading: boolean
  readonly failed: unknown
  open(id: number | null): Promise<void>
  reload(): Promise<void>
  /** Loads again when the open event is among those that changed. */
  push(events: readonly EventSummary[]): void
  showTab(tab: EventTab): void
  cancel(delivery: DeliveryId, reason: string): Promise<void>
  /** Says which values of a parked delivery stay. */
  resolve(delivery: DeliveryId, choices: Choices): Promise<void>
}

export function createEventSlice({ call, get, set, all }: SliceTools<EventSlice>): EventSlice {
  let busy = false
  let again = false

  /** One load at a time; a change meanwhile leads to one more. */
  async function reload() {
    const { id } = get()
    if (id === null) return
    if (busy) {
      again = true
      return
    }
    busy = true
    set({ loading: get().detail === null })
    try {
      const detail = await call.events.get({ id })
      if (get().id === id) set({ detail, failed: null })
    } catch (error) {
      if (get().id === id) set({ failed: error })
    }
    busy = false
    set({ loading: false })
    if (again) {
      again = false
      await reload()
    }
  }

  return {
    id: null,
    detail: null,
    tab: 'timeline',
    loading: false,
    failed: null,
    reload,
    async open(id) {
      if (id === get().id) return
      set({ id, detail: null, failed: null, loading: id !== null })
      await reload()
    },
    push(events) {
      if (events.some((event) => event.id === get().id)) void reload()
    },
    showTab: (tab) => set({ tab }),
    async resolve(delivery, choices) {
      try {
        await call.conflicts.resolve({ deliveryId: delivery, choices })
        all().notices.tell('The values you chose are on their way to both systems.')
      } catch (error) {
        all().notices.warn('Your choice could not be taken.', error)
      }
      await Promise.all([reload(), all().failures.reload()])
    },
    async cancel(delivery, reason) {
      try {
        await call.deliveries.cancel({ id: delivery, reason })
        all().notices.tell('The delivery is cancelled. Nothing will be written for it.')
      } catch (error) {
        all().notices.warn('The delivery could not be cancelled.', error)
      }
      await Promise.all([reload(), all().failures.reload()])
    },
  }
}

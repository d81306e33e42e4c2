import type { Transaction } from '#main/store/transaction.ts'
import { activeStates, type DeliveryState } from '#shared/domain/delivery.ts'
import type { EventState } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'

interface Row {
  state: DeliveryState
  note: string | null
}

/** From grave to harmless: the first of these that occurs is the event's state. */
const gravity = ['dead', 'cancelled', 'delivered', 'skipped'] as const satisfies readonly EventState[]

/**
 * Works out an event's state and sentence from its deliveries, in the transaction that changed one of them.
 *
 * A delivery that was replayed is stood for by its replay.
 */
export function refreshEvent(tx: Transaction, eventId: EventId, now: number): void {
  const rows = tx.all<Row>(
    'select state, note from deliveries where event_id = ? and replayed_by is null order by id',
    eventId,
  )
  const open = rows.find((row) => isActive(row.state))
  const state = open === undefined ? gravity.find((one) => rows.some((row) => row.state === one)) : 'open'
  if (state === undefined) return
  const telling = open ?? rows.find((row) => row.state === state)
  tx.run(
    'update events set state = ?, note = ?, ended_at = ? where id = ?',
    state,
    telling?.note ?? null,
    state === 'open' ? null : now,
    eventId,
  )
  tx.notes.events.add(eventId)
}

function isActive(state: DeliveryState): boolean {
  return (activeStates as readonly DeliveryState[]).includes(state)
}

/** Gives an event the name of its record, learnt while it was worked on, where it came without one. */
export function nameEvent(tx: Transaction, eventId: EventId, title: string): void {
  tx.run('update events set title = ? where id = ? and title is null', title, eventId)
}

import type { Journal } from '#main/journal/journal.ts'
import type { Guard } from '#main/store/guard.ts'

/**
 * The journal as long as the store can be worked with; else every arrival is refused at once, so that its sender is told to come back.
 *
 * The refusals of that time are counted and not kept: room is short, and is for the outcomes of what was sent.
 */
export function guardJournal(journal: Journal, guard: Guard): Journal {
  return {
    append: (arrival) => (guard.isOpen ? journal.append(arrival) : Promise.reject(guard.turnAway())),
    record: (refusal) => {
      if (guard.isOpen) journal.record(refusal)
    },
  }
}

import type { EventCriteria } from '../contract/event-filter.ts'
import type { ReplaySelection } from '../domain/replay.ts'
import { instantOf } from './instant-text.ts'

/** The same filter with its times as instants, so that it means the same however much later it is used: `2h` is two hours before `now`. */
export function fixTimes({ since, until, ...criteria }: EventCriteria, now: number): EventCriteria {
  return { ...criteria, ...fixed('since', since, now), ...fixed('until', until, now) }
}

/** What is to be replayed, meaning the same however long it takes to collect it. */
export function fixSelection<Selection extends ReplaySelection>(selection: Selection, now: number): Selection {
  const { eventFilter } = selection
  return eventFilter === undefined ? selection : { ...selection, eventFilter: fixTimes(eventFilter, now) }
}

function fixed(side: 'since' | 'until', text: string | undefined, now: number): { [side: string]: string } {
  const at = text === undefined ? null : instantOf(text, now, side)
  // Instants in a filter are whole seconds.
  return at === null ? {} : { [side]: `${new Date(at).toISOString().slice(0, 19)}Z` }
}

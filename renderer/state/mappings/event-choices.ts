import { showTime } from '#renderer/parts/time-format.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { Sample } from '#shared/domain/sample.ts'
import { eventBadge } from '../wording.ts'

/** What can be chosen from. */
interface Offered {
  readonly samples: readonly Sample[]
  readonly events: readonly EventSummary[]
  /** The one that is chosen; it stays among the choices, whatever is looked for. */
  readonly event: EventSummary | null
  /** What is looked for; the events were found by it already. */
  readonly text: string
}

interface Choice {
  readonly value: string
  readonly label: string
}

/** The events that a draft can be tried on: first those kept as test cases, by name, then the others. `shown` is what the chosen one says. */
export function eventChoices({ samples, events, event, text }: Offered): {
  readonly groups: { group: string; items: Choice[] }[]
  readonly shown: string
} {
  const kept = new Set<number>(samples.map(({ eventId }) => eventId))
  const fits = ({ name, title, recordId }: Sample) =>
    [name, title ?? recordId].some((words) => words.toLowerCase().includes(text.toLowerCase()))
  const listed = samples.filter((one) => one.eventId === event?.id || fits(one)).map(choiceOfSample)
  const isElsewhere = event === null || kept.has(event.id) || events.some(({ id }) => id === event.id)
  const others = (isElsewhere ? events : [event, ...events]).filter(({ id }) => !kept.has(id)).map(choiceOfEvent)
  const groups = [
    { group: 'Test cases', items: listed },
    { group: text === '' ? 'Latest events' : 'Events found', items: others },
  ].filter(({ items }) => items.length > 0)
  const chosen = [...listed, ...others].find(({ value }) => value === String(event?.id))
  return { groups, shown: chosen?.label ?? '' }
}

function choiceOfSample({ eventId, name, title, recordId }: Sample): Choice {
  const about = title ?? recordId
  return { value: String(eventId), label: name === about ? name : `${name} · ${about}` }
}

function choiceOfEvent(event: EventSummary): Choice {
  const about = event.title ?? event.recordId
  return {
    value: String(event.id),
    label: `${about} · ${showTime.short(event.receivedAt)} · ${eventBadge(event).label}`,
  }
}

import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { eventChoices } from '#renderer/state/mappings/event-choices.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { SystemName } from '#shared/domain/record.ts'
import styles from './event-choice.module.css'

interface Props {
  readonly system: SystemName
  readonly entity: string
  readonly event: EventSummary | null
  readonly onChange: (event: EventSummary) => void
}

/** Chooses the event that the preview runs on: a test case, one of the latest events, or one that a search finds. */
export function EventChoice({ system, entity, event, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [words] = useDebouncedValue(typed, 250)
  const kept = useAnswer(`test cases of ${system} ${entity}`, (call) => call.samples.list({ system, entity }))
  const samples = kept.value ?? []
  const shown = eventChoices({ samples, events: [], event, text: '' }).shown
  const text = words === shown ? '' : words.trim()
  const found = useAnswer(`events of ${system} ${entity} with ${text}`, (call) =>
    call.events.list({ system, entity, limit: 20, ...(text !== '' && { text }) }),
  )
  const events = found.value?.items ?? []
  const [run] = useAction()

  async function choose(id: string | null) {
    const atHand = events.find((one) => String(one.id) === id)
    const sample = samples.find(({ eventId }) => String(eventId) === id)
    if (atHand !== undefined) return onChange(atHand)
    if (sample === undefined) return
    const fetched = await run('The test case could not be opened.', (call) => call.events.get({ id: sample.eventId }))
    if (fetched !== null) onChange(fetched)
  }

  return (
    <Select
      size="xs"
      aria-label="Event to try the mapping on"
      placeholder="Search events"
      searchable
      allowDeselect={false}
      // The list itself scrolls: a box around it would be one that keys don't reach.
      withScrollArea={false}
      classNames={{ options: styles.options ?? '' }}
      // The host searches; what it found is shown as it is.
      filter={({ options }) => options}
      nothingFoundMessage={found.loading ? 'Searching…' : 'No event has these words'}
      data={eventChoices({ samples, events, event, text }).groups}
      value={event === null ? null : String(event.id)}
      onSearchChange={setTyped}
      onChange={(id) => void choose(id)}
    />
  )
}

import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { showTime } from '#renderer/parts/time-format.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { eventBadge } from '#renderer/state/wording.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { SystemName } from '#shared/domain/record.ts'

interface Props {
  readonly system: SystemName
  readonly entity: string
  readonly event: EventSummary | null
  readonly onChange: (event: EventSummary) => void
}

/** Chooses the event that the preview runs on: one of the latest, or one that a search finds. */
export function EventChoice({ system, entity, event, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [words] = useDebouncedValue(typed, 250)
  const shown = event === null ? '' : labelOf(event)
  const text = words === shown ? '' : words.trim()
  const found = useAnswer(`events of ${system} ${entity} with ${text}`, (call) =>
    call.events.list({ system, entity, limit: 20, ...(text !== '' && { text }) }),
  )
  const events = found.value?.items ?? []
  const all = event === null || events.some(({ id }) => id === event.id) ? events : [event, ...events]
  return (
    <Select
      size="xs"
      aria-label="Event to try the mapping on"
      placeholder="Search events"
      searchable
      allowDeselect={false}
      // The host searches; what it found is shown as it is.
      filter={({ options }) => options}
      nothingFoundMessage={found.loading ? 'Searching…' : 'No event has these words'}
      data={all.map((one) => ({ value: String(one.id), label: labelOf(one) }))}
      value={event === null ? null : String(event.id)}
      onSearchChange={setTyped}
      onChange={(id) => {
        const chosen = all.find((one) => String(one.id) === id)
        if (chosen !== undefined) onChange(chosen)
      }}
    />
  )
}

function labelOf(event: EventSummary): string {
  return `${event.title ?? event.recordId} · ${showTime.short(event.receivedAt)} · ${eventBadge(event).label}`
}

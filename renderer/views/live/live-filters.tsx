import { CloseButton, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import type { LiveFilter } from '#renderer/state/live-window.ts'
import { eventWording } from '#renderer/state/wording.ts'
import { eventState } from '#shared/domain/event.ts'
import { systemName, systemTitle } from '#shared/domain/record.ts'
import { FollowChip } from './follow-chip.tsx'
import styles from './live-filters.module.css'

const stateChoices = eventState.options.map((value) => ({ value, label: eventWording[value].label }))
const systemChoices = systemName.options.map((value) => ({ value, label: systemTitle[value] }))

/** What the list shows: by words, state and system. `/` leads to the words. */
export function LiveFilters() {
  const filter = useConsole((state) => state.live.filter)
  const filterBy = useConsole((state) => state.live.filterBy)
  const change = (wanted: Partial<LiveFilter>) => {
    goTo('#/live', true)
    void filterBy(wanted)
  }
  return (
    <div className={styles.filters}>
      <Words onChange={(text) => change({ text })} />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label="State"
        placeholder="Any state"
        data={stateChoices}
        value={filter.state}
        onChange={(state) => change({ state })}
      />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label="System"
        placeholder="Both systems"
        data={systemChoices}
        value={filter.system}
        onChange={(system) => change({ system })}
      />
      <FollowChip />
    </div>
  )
}

function Words({ onChange }: { onChange: (text: string) => void }) {
  const [text, setText] = useState(useConsole((state) => state.live.filter.text))
  const input = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback(onChange, 250)
  useHotkeys([['/', () => input.current?.focus()]])
  const type = (typed: string) => {
    setText(typed)
    search(typed)
  }
  return (
    <TextInput
      ref={input}
      className={styles.words ?? ''}
      size="xs"
      aria-label="Find by record, id or note"
      placeholder="Find a record, id or note  ( / )"
      leftSection={<Icon name="search" size={13} />}
      rightSection={text !== '' && <CloseButton size="xs" aria-label="Clear the search" onClick={() => type('')} />}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

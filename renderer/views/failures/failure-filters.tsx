import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { filterAddress, noFilter, type FailureFilter } from '#renderer/state/failure-place.ts'
import { failureClassWords } from '#renderer/state/failure-words.ts'
import type { Route } from '#shared/domain/route.ts'
import { failureClass } from '#shared/domain/failure.ts'
import styles from './failure-filters.module.css'

/** While somebody types, the address follows so much later (ms). */
const typingMs = 250

/** Narrows what is open; it stands in the address, so that it can be linked to. */
export function FailureFilters({ filter, routes }: { filter: FailureFilter; routes: ReadonlyMap<string, Route> }) {
  const [text, setText] = useState(filter.text)
  useEffect(() => setText(filter.text), [filter.text])
  const change = (next: Partial<FailureFilter>) => goTo(filterAddress({ ...filter, text, ...next }), true)
  const typed = useDebouncedCallback((words: string) => change({ text: words }), typingMs)
  const isNarrow = Object.values(filter).some((word) => word !== '')
  return (
    <div className={styles.filters} role="search" aria-label="Filter failures">
      <TextInput
        className={styles.text ?? ''}
        size="xs"
        aria-label="Search among failures"
        placeholder="Record, id or words of the reason"
        leftSection={<Icon name="search" size={13} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          typed(event.currentTarget.value)
        }}
      />
      <Select
        size="xs"
        w={190}
        aria-label="Route"
        placeholder="All routes"
        clearable
        data={[...routes.values()].map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.route === '' ? null : filter.route}
        onChange={(route) => change({ route: route ?? '' })}
      />
      <Select
        size="xs"
        w={180}
        aria-label="Kind of failure"
        placeholder="All kinds"
        clearable
        data={failureClass.options.map((one) => ({ value: one, label: failureClassWords[one] }))}
        value={filter.class === '' ? null : filter.class}
        onChange={(value) => change({ class: failureClass.safeParse(value).data ?? '' })}
      />
      {filter.code !== '' && (
        <Button
          size="compact-xs"
          variant="default"
          rightSection={<Icon name="close" size={10} />}
          aria-label={`Show other reasons than ${filter.code} too`}
          onClick={() => change({ code: '' })}
        >
          {filter.code}
        </Button>
      )}
      {isNarrow && (
        <Button size="compact-xs" variant="subtle" onClick={() => goTo(filterAddress(noFilter), true)}>
          Show all
        </Button>
      )}
    </div>
  )
}

import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import styles from './audit-section.module.css'

/** Words that stand in what was done to or in the detail; `/` leads to it. */
export function AuditWords({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text)
  const input = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback(onChange, 250)
  useHotkeys([['/', () => input.current?.focus()]])
  const type = (words: string) => {
    setTyped(words)
    search(words.trim())
  }
  return (
    <TextInput
      ref={input}
      className={styles.words ?? ''}
      size="xs"
      aria-label="Find in the audit log"
      placeholder="A route, a connection, a reason  ( / )"
      leftSection={<Icon name="search" size={13} />}
      rightSection={typed !== '' && <CloseButton size="xs" aria-label="Clear the search" onClick={() => type('')} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}

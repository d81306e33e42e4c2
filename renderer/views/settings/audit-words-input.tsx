import { CloseButton, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useRef } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useTypedWords } from '#renderer/state/use-typed-words.ts'
import styles from './audit-section.module.css'

/** Words that stand in what was done to or in the detail; `/` leads to it. */
export function AuditWords({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, type] = useTypedWords(text, onChange)
  const input = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => input.current?.focus()]])
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

import { CloseButton, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useTypedWords } from '#renderer/state/use-typed-words.ts'

interface Props {
  readonly text: string
  readonly onSearch: (text: string) => void
  /** Wants to go on with what these words find, once it is there: into the list, or straight into the first one. */
  readonly onGo: (words: string, to: 'list' | 'first') => void
}

/** Where the words are typed. It has the caret from the start; `/` brings it back. */
export function SearchInput({ text, onSearch, onGo }: Props) {
  const [typed, change, takeNow] = useTypedWords(text, onSearch)
  const input = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => input.current?.focus()]])
  useEffect(() => input.current?.focus(), [])
  return (
    <TextInput
      ref={input}
      size="sm"
      aria-label="Find a record"
      placeholder="Name, Salesforce id, ConnectWise id, ticket number, e-mail or domain"
      description="Enter opens the first one, ↓ leads into the list, / leads back here."
      inputWrapperOrder={['input', 'description']}
      leftSection={<Icon name="search" size={15} />}
      rightSection={typed !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => change('')} />}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault()
          takeNow()
          onGo(typed.trim(), event.key === 'Enter' ? 'first' : 'list')
        }
        if (event.key === 'Escape' && typed !== '') change('')
      }}
    />
  )
}

import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'

/** How long a pause in typing starts the search (ms). */
const pauseMs = 200

interface Props {
  readonly text: string
  readonly onSearch: (text: string) => void
  /** Wants to go on with what these words find, once it is there: into the list, or straight into the first one. */
  readonly onGo: (words: string, to: 'list' | 'first') => void
}

/** Where the words are typed. It has the caret from the start; `/` brings it back. */
export function SearchInput({ text, onSearch, onGo }: Props) {
  const [typed, setTyped] = useState(text)
  const input = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback(onSearch, pauseMs)
  useHotkeys([['/', () => input.current?.focus()]])
  useEffect(() => input.current?.focus(), [])
  const change = (words: string) => {
    setTyped(words)
    search(words.trim())
  }
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
          onGo(typed.trim(), event.key === 'Enter' ? 'first' : 'list')
        }
        if (event.key === 'Escape' && typed !== '') change('')
      }}
    />
  )
}

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from './icon.tsx'
import styles from './document-view.module.css'

/** Finds words in a document; Enter goes to the next place. `onFind` answers whether there is one. */
export function DocumentFind({ onFind }: { onFind: (words: string) => Promise<boolean> }) {
  const [words, setWords] = useState('')
  const [isMissing, setMissing] = useState(false)
  return (
    <form
      className={styles.find}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        if (words !== '')
          void onFind(words).then(
            (found) => setMissing(!found),
            () => setMissing(true),
          )
      }}
    >
      <TextInput
        size="xs"
        aria-label="Find in it"
        placeholder="Find, then Enter"
        leftSection={<Icon name="search" size={12} />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setMissing(false)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return
          // The first Esc empties the box; the next one is the panel's.
          event.stopPropagation()
          setWords('')
        }}
      />
      <span className={styles.missing} role="status">
        {isMissing && 'Not in it.'}
      </span>
    </form>
  )
}

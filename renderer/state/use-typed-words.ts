import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'

/** How long a pause in typing has the words taken (ms). */
const pauseMs = 200

/**
 * What stands in a field whose words are kept elsewhere, as in the address: `[typed, type, takeNow]`. The words are taken after a pause in
 * typing, or at once by `takeNow`; when they change from outside, by Back or a link, the field follows.
 */
export function useTypedWords(
  words: string,
  onWords: (words: string) => void,
): readonly [typed: string, type: (typed: string) => void, takeNow: () => void] {
  const [typed, setTyped] = useState(words)
  const own = useRef(words)
  const take = useDebouncedCallback((text: string) => {
    own.current = text
    onWords(text)
  }, pauseMs)
  useEffect(() => {
    if (words === own.current) return
    own.current = words
    setTyped(words)
  }, [words])
  return [
    typed,
    (text) => {
      setTyped(text)
      take(text.trim())
    },
    take.flush,
  ]
}

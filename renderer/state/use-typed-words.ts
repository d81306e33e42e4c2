import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'

/** How long a pause in typing has the words taken (ms). */
const pauseMs = 200

/**
 * What stands in a field whose words are kept elsewhere, as in the address: `[typed, type]`. The words are taken after a pause in typing;
 * when they change from outside, by Back or a link, the field follows.
 */
export function useTypedWords(
  words: string,
  onWords: (words: string) => void,
): readonly [string, (typed: string) => void] {
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
  ]
}

import { useMemo } from 'react'
import type { Json } from '#shared/domain/record.ts'
import { JsonTree } from './json-tree.tsx'
import styles from './text-view.module.css'

/** Text in a box that scrolls by itself; JSON as a tree. */
export function TextView({ text }: { text: string }) {
  const parsed = useMemo(() => parseJson(text), [text])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard
    <div className={styles.box} tabIndex={0} role="group" aria-label="Text">
      {parsed === undefined ? <pre className={styles.text}>{text}</pre> : <JsonTree value={parsed} />}
    </div>
  )
}

/** undefined when it is no JSON object or list. */
function parseJson(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

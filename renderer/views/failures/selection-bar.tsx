import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './selection-bar.module.css'

interface Props {
  /** What is ticked, in words: "2 causes". */
  readonly what: string
  readonly onClear: () => void
  /** What can be done with it. */
  readonly children: ReactNode
}

/** What can be done with all that is ticked, at the bottom of the screen; notices come up at its right. */
export function SelectionBar({ what, onClear, children }: Props) {
  return (
    <div className={styles.bar} role="toolbar" aria-label="What to do with the selection">
      <strong>{what}</strong>
      {children}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}

import type { ReactNode } from 'react'
import type { Tone } from '#renderer/state/wording.ts'
import styles from './panel.module.css'

/** A card on the page. With `tone`, its edge tells how it stands; the words in it say so too. */
export function Panel({ tone, label, children }: { tone?: Tone; label?: string; children: ReactNode }) {
  return (
    <div className={styles.panel} data-tone={tone} {...(label !== undefined && { role: 'group', 'aria-label': label })}>
      {children}
    </div>
  )
}

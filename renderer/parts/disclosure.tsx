import { useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import styles from './disclosure.module.css'

interface Props {
  readonly title: ReactNode
  /** At the right of the title. */
  readonly aside?: ReactNode
  readonly startOpen?: boolean
  readonly children: () => ReactNode
}

/** A part that opens on request; what is inside is not built before. */
export function Disclosure({ title, aside, startOpen = false, children }: Props) {
  const [open, setOpen] = useState(startOpen)
  return (
    <div className={styles.disclosure}>
      <div className={styles.head}>
        <button type="button" className={styles.button} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={styles.chevron} data-open={open}>
            <Icon name="open" size={12} />
          </span>
          <span className={styles.title}>{title}</span>
        </button>
        {aside}
      </div>
      {open && <div className={styles.body}>{children()}</div>}
    </div>
  )
}

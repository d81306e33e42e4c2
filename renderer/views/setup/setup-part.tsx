import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './setup-part.module.css'

interface Props {
  readonly title: string
  readonly lead: ReactNode
  readonly children: ReactNode
  /** Goes on; absent at the end. */
  readonly next?: { readonly label: string; readonly isMain: boolean; readonly onNext: () => void }
  /** Buttons beside it. */
  readonly actions?: ReactNode
}

/** One step of the set-up that is not a wizard of its own. */
export function SetupPart({ title, lead, children, next, actions }: Props) {
  return (
    <section className={styles.part} aria-label={title}>
      <header>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.lead}>{lead}</p>
      </header>
      {children}
      {next !== undefined && (
        <footer className={styles.foot}>
          {actions}
          <Button size="sm" variant={next.isMain ? 'filled' : 'default'} onClick={next.onNext}>
            {next.label}
          </Button>
        </footer>
      )}
    </section>
  )
}

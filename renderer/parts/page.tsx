import type { ReactNode } from 'react'
import styles from './page.module.css'

interface Props {
  readonly title: string
  /** What the screen is for, in one sentence. */
  readonly lead: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  /** `wide` takes the whole window, for editors and tables; `fill` leaves the scrolling to what is inside. */
  readonly width?: 'column' | 'wide' | 'fill'
  readonly children: ReactNode
}

/** A screen that is read from top to bottom: title, what it is for, its actions, then what it shows. */
export function Page({ title, lead, actions, width = 'column', children }: Props) {
  return (
    <div className={styles.page} data-width={width}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          <span className={styles.lead}>{lead}</span>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  )
}

/** A part of a screen with a heading of its own. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.heading}>{title}</h2>
        <span className={styles.lead}>{lead}</span>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}

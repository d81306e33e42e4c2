import type { ReactNode } from 'react'
import styles from './form-part.module.css'

/** A part of the form with a heading. */
export function FormPart({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <header className={styles.head}>
        <h2>{title}</h2>
        {lead !== undefined && <span>{lead}</span>}
      </header>
      {children}
    </section>
  )
}

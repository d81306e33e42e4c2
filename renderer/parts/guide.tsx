import type { ReactNode } from 'react'
import styles from './guide.module.css'

/** What to do elsewhere, step by step: each child is one step. */
export function Guide({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.guide} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      <ol className={styles.list}>{children}</ol>
    </section>
  )
}

/** A way through the menus of another program: "Setup › Flows › New Flow". */
export function Menu({ path }: { path: readonly string[] }) {
  return <b className={styles.menu}>{path.join(' › ')}</b>
}

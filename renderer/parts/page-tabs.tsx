import styles from './page-tabs.module.css'

export interface PageTab {
  readonly name: string
  readonly label: string
  readonly hash: string
  /** A number beside the label; 0: none. */
  readonly count?: number
}

/** Parts of a screen beside each other, each with an address of its own. */
export function PageTabs({ label, tabs, at }: { label: string; tabs: readonly PageTab[]; at: string }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ name, label: title, hash, count = 0 }) => (
        <a key={name} className={styles.tab} href={hash} aria-current={name === at && 'page'}>
          {title}
          {count > 0 && <span className={styles.count}>{count.toLocaleString('en')}</span>}
        </a>
      ))}
    </nav>
  )
}

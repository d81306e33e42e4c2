import { systemTitle } from '#shared/domain/record.ts'
import type { SystemName as Name } from '#shared/domain/record.ts'
import styles from './system-name.module.css'

/** One of the two systems: its initials on its colour, and its name. */
export function SystemName({ system, short = false }: { system: Name; short?: boolean }) {
  return (
    <span className={styles.system} title={systemTitle[system]}>
      <span className={styles.mark} data-system={system} aria-hidden={!short}>
        {system === 'salesforce' ? 'SF' : 'CW'}
      </span>
      {!short && <span className={styles.name}>{systemTitle[system]}</span>}
    </span>
  )
}

import { Icon } from '#renderer/parts/icon.tsx'
import type { Checks } from '#renderer/state/connections-slice.ts'
import styles from './findings.module.css'

/** What a test found, one line a check, with the fix where one is needed. */
export function Findings({ checks }: { checks: Checks }) {
  return (
    <div role="status">
      <ul className={styles.list}>
        {checks.map((check) => (
          <li key={check.name}>
            <span className={styles.icon} data-tone={check.ok ? 'good' : 'bad'}>
              <Icon name={check.ok ? 'good' : 'bad'} size={11} />
            </span>
            <div>
              <strong>{check.name}</strong> <span className="visually-hidden">{check.ok ? 'passed' : 'failed'}</span>
              {check.sentence}
              {check.fix !== null && <div className={styles.fix}>{check.fix}</div>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

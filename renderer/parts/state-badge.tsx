import type { Wording } from '../state/wording.ts'
import { Icon } from './icon.tsx'
import styles from './state-badge.module.css'

/** A state as icon and word on its colour, so that none of the three is needed to understand it. */
export function StateBadge({ wording, size = 'normal' }: { wording: Wording; size?: 'normal' | 'large' }) {
  return (
    <span className={styles.badge} data-tone={wording.tone} data-size={size} title={wording.meaning}>
      <Icon name={wording.tone} size={size === 'large' ? 14 : 11} />
      {wording.label}
    </span>
  )
}

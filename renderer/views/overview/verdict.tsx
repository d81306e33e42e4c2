import { Icon, type IconName } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { verdictSentence, verdictWording } from '#renderer/state/overview-words.ts'
import type { Overview } from '#shared/domain/overview.ts'
import styles from './verdict.module.css'

const icons: Record<Overview['verdict'], IconName> = { well: 'good', attention: 'failures', 'not-well': 'bad' }

/** Well or not, in one sentence. */
export function Verdict({ overview, stale }: { overview: Overview; stale: boolean }) {
  const { label, tone } = verdictWording[overview.verdict]
  return (
    <section className={styles.verdict} data-tone={tone} aria-label="How the bridge is">
      <span className={styles.icon}>
        <Icon name={icons[overview.verdict]} size={24} />
      </span>
      <p className={styles.words} role="status">
        <strong>{label}</strong>
        <span>{verdictSentence(overview)}</span>
      </p>
      <span className={styles.when}>
        {stale ? 'Not refreshed since ' : 'as of '}
        <Time at={overview.at} />
      </span>
    </section>
  )
}

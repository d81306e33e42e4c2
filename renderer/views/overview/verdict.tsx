import { Icon, type IconName } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { verdictSentence, verdictWording } from '#renderer/state/overview-words.ts'
import { useHeard } from '#renderer/state/use-heard.ts'
import type { Overview } from '#shared/domain/overview.ts'
import styles from './verdict.module.css'

const notHeard = { label: 'Not heard', tone: 'quiet' } as const
const icons: Record<Overview['verdict'], IconName> = { well: 'good', attention: 'failures', 'not-well': 'bad' }

/** Well or not, in one sentence; what was heard last of a relay that can't be heard is told as that. */
export function Verdict({ overview, stale }: { overview: Overview; stale: boolean }) {
  const isHeard = useHeard()
  const { label, tone } = isHeard ? verdictWording[overview.verdict] : notHeard
  return (
    <section className={styles.verdict} data-tone={tone} aria-label="How the bridge is">
      <span className={styles.icon}>
        <Icon name={isHeard ? icons[overview.verdict] : 'quiet'} size={24} />
      </span>
      <p className={styles.words} role="status">
        <strong>{label}</strong>
        <span>{isHeard ? verdictSentence(overview) : `Last heard: ${verdictSentence(overview)}`}</span>
      </p>
      <span className={styles.when}>
        {stale || !isHeard ? 'Not refreshed since ' : 'as of '}
        <Time at={overview.at} />
      </span>
    </section>
  )
}

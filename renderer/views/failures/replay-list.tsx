import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { count } from '#renderer/state/wording.ts'
import styles from './replay-list.module.css'

/** The latest replays and what came of them. */
export function ReplayList() {
  const replays = useConsole((state) => state.failures.replays)
  if (replays.length === 0) return null
  return (
    <section aria-label="Latest replays">
      <h2 className={styles.title}>Latest replays</h2>
      <ul className={styles.list}>
        {replays.map((replay) => (
          <li key={replay.id}>
            <span className={styles.soft}>
              <Time at={replay.createdAt} />
            </span>
            <span>
              {count(replay.total, 'delivery', 'deliveries')}: {replay.delivered} delivered
              {replay.open > 0 && `, ${replay.open} in progress`}
              {replay.failed > 0 && `, ${replay.failed} failed again`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

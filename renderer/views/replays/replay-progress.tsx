import { Progress } from '@mantine/core'
import type { Replay } from '#shared/domain/replay.ts'
import styles from './replays-screen.module.css'

/** How far a replay has come: ended ones of all, the failed ones in red. */
export function ReplayProgress({ replay }: { replay: Replay }) {
  const { failed, isCollecting, open, total, waiting } = replay
  const ended = Math.max(0, total - waiting - open)
  const share = (part: number) => (total === 0 ? 0 : (100 * part) / total)
  return (
    <div className={styles.progress}>
      <Progress.Root size="sm">
        <Progress.Section value={share(ended - failed)} color="teal" aria-label="Ended well, per cent" />
        <Progress.Section value={share(failed)} color="red" aria-label="Failed again, per cent" />
      </Progress.Root>
      <span>
        {ended.toLocaleString('en')} of {total.toLocaleString('en')}
        {isCollecting && '+'}
      </span>
    </div>
  )
}

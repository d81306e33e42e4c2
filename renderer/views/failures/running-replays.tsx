import { useEffect } from 'react'
import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useFailureNews } from '#renderer/state/use-failures.ts'
import { count, replayWording } from '#renderer/state/wording.ts'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import type { Replay } from '#shared/domain/replay.ts'
import { ReplayProgress } from '../replays/replay-progress.tsx'
import styles from './running-replays.module.css'

/** How often running replays are looked at (ms). */
const everyMs = 2_000

/** Replays that are not done yet, with their progress and the way to them. */
export function RunningReplays() {
  const { value, reload } = useAnswer('latest replays', (call) => call.replays.list({ limit: 10 }))
  useFailureNews(reload)
  const running = value?.items.filter(isOnItsWay) ?? []
  const isMoving = running.some((replay) => replay.state !== 'paused')
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(reload, everyMs)
    return () => clearInterval(timer)
  }, [isMoving, reload])
  if (running.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Replays on their way">
      {running.map((replay) => (
        <li key={replay.id} className={styles.replay}>
          <StateBadge wording={replayWording[replay.state === 'paused' ? 'paused' : 'running']} />
          <a href={addressOf('replays', [replay.id])}>Replay {replay.id}</a>
          <span className={styles.note}>
            {replay.note}
            {replay.failed > 0 && ` ${count(replay.failed, 'has failed again', 'have failed again')}.`}
          </span>
          <div className={styles.progress}>
            <ReplayProgress replay={replay} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function isOnItsWay({ state, open }: Replay): boolean {
  return state === 'running' || state === 'paused' || (state !== 'cancelled' && open > 0)
}

import { Button } from '@mantine/core'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { eventAddress } from '#renderer/state/live-place.ts'
import { isFollowing, type LiveSlice } from '#renderer/state/live-slice.ts'
import { isPicking, noPicks } from '#renderer/state/picks.ts'
import styles from './follow-chip.module.css'

/** Whether the list follows the newest event, and if not, why; resumes on request. */
export function FollowChip() {
  const following = useConsole((state) => isFollowing(state.live))
  const why = useConsole((state) => reason(state.live))
  const { select, pick, showNewest } = useActions()
  const resume = () => {
    goTo(eventAddress())
    select(null)
    pick(noPicks)
    void showNewest()
  }
  return (
    <span className={styles.chip} role="status">
      <span className={styles.dot} data-following={following} />
      {following ? 'Following' : why}
      {!following && (
        <Button size="compact-xs" variant="subtle" onClick={resume}>
          Resume
        </Button>
      )}
    </span>
  )
}

function useActions() {
  const select = useConsole((state) => state.live.select)
  const pick = useConsole((state) => state.live.pick)
  const showNewest = useConsole((state) => state.live.showNewest)
  return { select, pick, showNewest }
}

function reason({ picks, selectedId }: LiveSlice): string {
  if (isPicking(picks)) return 'Paused: rows are selected'
  return selectedId === null ? 'Paused: scrolled away' : 'Paused: a row is selected'
}

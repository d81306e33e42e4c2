import { Button } from '@mantine/core'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { isFollowing } from '#renderer/state/live-slice.ts'
import styles from './follow-chip.module.css'

/** Whether the list follows the newest event, and if not, why; resumes on request. */
export function FollowChip() {
  const following = useConsole((state) => isFollowing(state.live))
  const selected = useConsole((state) => state.live.selectedId !== null)
  const live = useConsole((state) => state.live)
  const resume = () => {
    goTo('#/live')
    live.select(null)
    void live.showNewest()
  }
  return (
    <span className={styles.chip} role="status">
      <span className={styles.dot} data-following={following} />
      {following ? 'Following' : selected ? 'Paused: a row is selected' : 'Paused: scrolled away'}
      {!following && (
        <Button size="compact-xs" variant="subtle" onClick={resume}>
          Resume
        </Button>
      )}
    </span>
  )
}

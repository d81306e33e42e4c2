import { Button, CloseButton } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { isPicking, noPicks, pickMatching } from '#renderer/state/picks.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useReplayPicks } from '#renderer/state/use-picks.ts'
import { count } from '#renderer/state/wording.ts'
import { CancelPicks } from './cancel-picks.tsx'
import styles from './picks-bar.module.css'

/** What is picked and what can be done with it, below the list; there only while something is picked. */
export function PicksBar() {
  const isShown = useConsole((state) => isPicking(state.live.picks))
  return isShown ? <Bar /> : null
}

function Bar() {
  const { picks, pick, window, filter } = useConsole((state) => state.live)
  const replay = useReplayPicks()
  const matching = useAnswer(`count ${filter.text}`, (call) => call.events.count(filter.criteria))
  const total = matching.value === null ? null : manyWords(matching.value)
  // A filter with a part that can't be read finds more than was meant.
  const canTakeAll = !picks.isAll && filter.problems.length === 0 && (matching.value?.count ?? 0) > picks.ids.size
  return (
    <section className={styles.bar} aria-label="Selection">
      <CloseButton size="sm" aria-label="Select nothing" onClick={() => pick(noPicks)} />
      <span role="status" className={styles.many}>
        {picks.isAll ? `All ${total ?? ''} that match are selected` : `${count(picks.ids.size, 'event')} selected`}
      </span>
      {canTakeAll && total !== null && (
        <Button size="compact-sm" variant="subtle" onClick={() => pick(pickMatching(window.rows))}>
          Select all {total}
          {filter.text === '' ? ' events' : ' that match'}
        </Button>
      )}
      <span className={styles.space} />
      <CancelPicks />
      <Button
        size="compact-sm"
        leftSection={<Icon name="replay" size={13} />}
        title="Shows what would change before anything is sent ( r )"
        onClick={() => replay?.()}
      >
        Replay…
      </Button>
    </section>
  )
}

function manyWords({ count: many, isAll }: { count: number; isAll: boolean }): string {
  return `${many.toLocaleString('en')}${isAll ? '' : '+'}`
}

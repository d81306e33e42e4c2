import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useDiscard, type ChosenFailures } from '#renderer/state/use-discard.ts'
import { count } from '#renderer/state/wording.ts'
import styles from './selection-bar.module.css'

interface Props {
  /** What is ticked, in words: "2 causes". */
  readonly what: string
  readonly chosen: ChosenFailures
  /** How many dead letters that are. */
  readonly many: number
  readonly onClear: () => void
  /** "Select all 1,284 that match". */
  readonly children?: ReactNode
}

/** What can be done with all that is ticked, at the bottom of the screen. */
export function SelectionBar({ what, chosen, many, onClear, children }: Props) {
  const open = useConsole((state) => state.replay.open)
  return (
    <div className={styles.bar} role="toolbar" aria-label="What to do with the selection">
      <strong>{what}</strong>
      {children}
      <span className={styles.right}>
        <DiscardButton chosen={chosen} many={many} onDone={onClear} />
        <Button
          size="compact-sm"
          leftSection={<Icon name="replay" size={13} />}
          disabled={many === 0}
          onClick={() => open({ selection: chosen, what: count(many, 'dead letter') })}
        >
          Replay {many.toLocaleString('en')}…
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
          Clear
        </Button>
      </span>
    </div>
  )
}

/** Gives up dead letters, with a reason; the notice afterwards offers to take it back. */
export function DiscardButton({
  chosen,
  many,
  onDone,
  quiet = false,
}: {
  chosen: ChosenFailures
  many: number
  onDone?: () => void
  quiet?: boolean
}) {
  const { discard } = useDiscard()
  return (
    <ReasonPopover
      consequence={`${count(many, 'dead letter is', 'dead letters are')} given up: nothing is written for ${many === 1 ? 'it' : 'them'}. The events are kept, and it can be taken back under Discarded.`}
      example="Entered by hand already"
      confirm={{ label: `Discard ${many.toLocaleString('en')}`, color: 'red' }}
      onConfirm={(reason) => {
        void discard(chosen, reason)
        onDone?.()
      }}
      trigger={(toggle) => (
        <Button
          size="compact-sm"
          variant={quiet ? 'subtle' : 'default'}
          color={quiet ? 'gray' : 'blue'}
          disabled={many === 0}
          onClick={toggle}
        >
          Discard…
        </Button>
      )}
    />
  )
}

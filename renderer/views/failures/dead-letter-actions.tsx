import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useDiscard, type ChosenFailures } from '#renderer/state/use-discard.ts'
import { count } from '#renderer/state/wording.ts'

interface Props {
  readonly chosen: ChosenFailures
  /** How many dead letters that are. */
  readonly many: number
}

/** Leads to the plan and the diff of a replay; nothing is sent before those were seen. */
export function ReplayChosen({ chosen, many }: Props) {
  const open = useConsole((state) => state.replay.open)
  return (
    <Button
      size="compact-sm"
      leftSection={<Icon name="replay" size={13} />}
      disabled={many === 0}
      onClick={() => open({ selection: chosen, what: count(many, 'dead letter') })}
    >
      Replay {many.toLocaleString('en')}…
    </Button>
  )
}

/** Gives up dead letters, with a reason; the notice afterwards offers to take it back. */
export function DiscardChosen({
  chosen,
  many,
  onDone,
  quiet = false,
}: Props & { readonly onDone?: () => void; readonly quiet?: boolean }) {
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

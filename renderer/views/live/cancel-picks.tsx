import { Button } from '@mantine/core'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { noPicks } from '#renderer/state/picks.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'

/** Gives up the deliveries of what is picked that have not ended, once it has said how many there are. */
export function CancelPicks() {
  const { picks, filter, pick } = useConsole((state) => state.live)
  const [run, busy] = useAction()
  const selection = picks.isAll ? { filter: filter.criteria } : { eventIds: [...picks.ids] }
  const trial = useAnswer(`cancel ${JSON.stringify(selection)}`, (call) =>
    call.deliveries.cancelMany({ ...selection, dryRun: true }),
  )
  const many = trial.value?.cancelled ?? 0
  const cancel = async (reason: string) => {
    const done = await run(
      'The deliveries could not be cancelled.',
      (call) => call.deliveries.cancelMany({ ...selection, reason }),
      ({ cancelled, kept }) =>
        `${count(cancelled, 'delivery is', 'deliveries are')} cancelled.${kept === 0 ? '' : ` ${count(kept, 'was', 'were')} sent or had ended before.`}`,
    )
    if (done !== null) pick(noPicks)
  }
  if (many === 0) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled
        title={trial.loading ? 'Counting…' : 'Nothing of what is selected waits to be delivered'}
      >
        Cancel waiting…
      </Button>
    )
  }
  const what = count(many, 'delivery', 'deliveries')
  return (
    <ReasonPopover
      consequence={`${count(many, 'delivery waits', 'deliveries wait')} to be sent and will be given up; nothing is written for ${many === 1 ? 'it' : 'them'}. The events are kept and can be replayed.`}
      example="Entered by hand already"
      confirm={{ label: `Cancel ${what}`, color: 'red' }}
      onConfirm={(reason) => void cancel(reason)}
      trigger={(toggle) => (
        <Button size="compact-sm" variant="default" loading={busy} onClick={toggle}>
          Cancel {many.toLocaleString('en')} waiting…
        </Button>
      )}
    />
  )
}

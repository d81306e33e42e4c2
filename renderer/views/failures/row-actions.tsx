import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { FailureListState } from '#shared/domain/failure-group.ts'

/** What can be done about one row: replay a dead letter, take back one that was given up. */
export function RowActions({ delivery, state }: { delivery: DeliverySummary; state: FailureListState }) {
  if (state === 'open') return <ReplayButton delivery={delivery} />
  return state === 'settled' && delivery.state === 'cancelled' ? <RestoreButton delivery={delivery} /> : null
}

/** One dead letter goes at once: its plan is plain, and it can be undone. */
export function ReplayButton({
  delivery,
  size = 'compact-xs',
}: {
  delivery: DeliverySummary
  size?: 'compact-xs' | 'compact-sm'
}) {
  const replay = useConsole((state) => state.failures.replay)
  const busy = useConsole((state) => state.failures.replaying.has(delivery.id))
  return (
    <Button
      size={size}
      variant="default"
      loading={busy}
      leftSection={<Icon name="replay" size={size === 'compact-sm' ? 13 : 11} />}
      title="Delivers it again at once, with today’s mapping and the record as it is now"
      onClick={(event) => {
        event.stopPropagation()
        void replay([delivery])
      }}
    >
      Replay
    </Button>
  )
}

function RestoreButton({ delivery }: { delivery: DeliverySummary }) {
  const reload = useConsole((state) => state.failures.reload)
  const [run, busy] = useAction()
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={busy}
      onClick={(event) => {
        event.stopPropagation()
        void run(
          'It could not be taken back.',
          (call) => call.failures.restore({ deliveryId: delivery.id }),
          ({ restored }) =>
            restored === 1 ? 'It is a dead letter again.' : 'It was replayed meanwhile and stays as it is.',
        ).then(reload)
      }}
    >
      Restore
    </Button>
  )
}

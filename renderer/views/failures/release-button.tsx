import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'

/**
 * Lets a parked delivery go on, after saying what that means. A mass deletion goes on as a whole, whichever of its deliveries is asked
 * for: the host says how many that are.
 */
export function ReleaseButton({ delivery: { failure, id, state } }: { delivery: DeliverySummary }) {
  const reloadFailures = useConsole((one) => one.failures.reload)
  const reloadEvent = useConsole((one) => one.event.reload)
  const [run, busy] = useAction()
  const isDeletion = failure?.code === 'MASS_DELETE'
  const { value, reload } = useAnswer(`released with ${id} ${state}`, (call) =>
    call.deliveries.release({ id, dryRun: true }),
  )
  const many = value?.released ?? 0
  const what = isDeletion ? count(many, 'deletion') : 'it'
  const release = async () => {
    await run(
      'It could not be released.',
      (call) => call.deliveries.release({ id }),
      ({ released }) => `${count(released, 'delivery goes', 'deliveries go')} on.`,
    )
    await Promise.all([reloadFailures(), reloadEvent()])
  }
  return (
    <Confirm
      title={`Release ${what}`}
      consequence={
        isDeletion
          ? `Patchbay takes it that this was meant: ${count(many, 'pair of records is', 'pairs of records are')} unlinked and not kept in step any more. No record is deleted on the other side.`
          : 'The delivery goes on as it is. What it would write was held back for the reason given here.'
      }
      confirm={{ label: `Release ${what}` }}
      onConfirm={release}
      trigger={(open) => (
        <Button
          size="compact-sm"
          variant="default"
          disabled={many === 0}
          loading={busy}
          onClick={() => {
            // More may have been deleted since it was counted.
            reload()
            open()
          }}
        >
          {many === 0 ? 'Release…' : `Release ${what}…`}
        </Button>
      )}
    />
  )
}

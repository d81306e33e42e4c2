import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import { massCode } from '#shared/domain/failure-group.ts'

/**
 * Lets a parked delivery go on, after saying what that means. Where very many links would end at once all of these go on, whichever is
 * asked for: the host says how many that are.
 */
export function ReleaseButton({ delivery: { failure, id, state } }: { delivery: DeliverySummary }) {
  const reloadFailures = useConsole((one) => one.failures.reload)
  const reloadEvent = useConsole((one) => one.event.reload)
  const [run, busy] = useAction()
  const code = failure?.code ?? null
  const { value, reload } = useAnswer(`released with ${id} ${state}`, (call) =>
    call.deliveries.release({ id, dryRun: true }),
  )
  const many = value?.released ?? 0
  const what = whatOf(code, many)
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
      consequence={consequenceOf(code, many)}
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

function whatOf(code: string | null, many: number): string {
  switch (code) {
    case massCode.deleted:
      return count(many, 'deletion')
    case massCode.gone:
      return count(many, 'delivery', 'deliveries')
    default:
      return 'it'
  }
}

function consequenceOf(code: string | null, many: number): string {
  const pairs = count(many, 'pair of records is', 'pairs of records are')
  switch (code) {
    case massCode.deleted:
      return `Patchbay takes it that this was meant: ${pairs} unlinked and not kept in step any more. No record is deleted on the other side.`
    case massCode.gone:
      return `Each record is looked for once more. Where it can be found again, its change is carried over. Where it can't, Patchbay takes it that it was deleted: up to ${pairs} unlinked and not kept in step any more.`
    default:
      return 'The delivery goes on as it is. What it would write was held back for the reason given here.'
  }
}

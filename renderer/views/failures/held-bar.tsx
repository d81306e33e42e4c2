import { Button } from '@mantine/core'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { noRows, pickedCount } from '#renderer/state/row-picks.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'
import type { RowBarProps } from './row-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'

/** What can be done with deliveries that are held and ticked: they can be given up for good. */
export function HeldBar({ picks, loaded, onPick }: RowBarProps) {
  const reload = useConsole((state) => state.failures.reload)
  const [run, busy] = useAction()
  const many = pickedCount(picks, loaded)
  const cancelAll = async (reason: string) => {
    await run(
      'Not all of them could be cancelled.',
      async (call) => {
        // One after the other, as each is a decision of its own for the host.
        for (const id of picks.ids) await call.deliveries.cancel({ id, reason })
      },
      () => `${count(many, 'delivery is', 'deliveries are')} cancelled.`,
    )
    onPick(noRows)
    await reload()
  }
  return (
    <SelectionBar what={`${count(many, 'delivery', 'deliveries')} selected`} onClear={() => onPick(noRows)}>
      <ReasonPopover
        consequence={`Nothing will be written for ${count(many, 'delivery', 'deliveries')}. The events are kept.`}
        example="Deleted by mistake, restored there"
        confirm={{ label: `Cancel ${count(many, 'delivery', 'deliveries')}`, color: 'red' }}
        onConfirm={(reason) => void cancelAll(reason)}
        trigger={(toggle) => (
          <Button size="compact-sm" variant="default" loading={busy} onClick={toggle}>
            Cancel {many.toLocaleString('en')}…
          </Button>
        )}
      />
    </SelectionBar>
  )
}

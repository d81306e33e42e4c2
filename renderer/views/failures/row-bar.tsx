import { Button } from '@mantine/core'
import { allRows, noRows, pickedCount, type RowPicks } from '#renderer/state/row-picks.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { ChosenFailures } from '#renderer/state/use-discard.ts'
import { count } from '#renderer/state/wording.ts'
import type { FailureCriteria } from '#shared/domain/failure-group.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { DiscardChosen, ReplayChosen } from './dead-letter-actions.tsx'
import { SelectionBar } from './selection-bar.tsx'

export interface RowBarProps {
  readonly picks: RowPicks<DeliveryId>
  readonly criteria: FailureCriteria
  /** Rows that are in the list so far, and rows that match. */
  readonly loaded: number
  readonly total: number | null
  readonly onPick: (picks: RowPicks<DeliveryId>) => void
}

/** What can be done with the rows that are ticked, and the way to tick all that match. */
export function RowBar({ picks, criteria, loaded, total, onPick }: RowBarProps) {
  const asked = useAnswer(JSON.stringify([criteria, total]), async (call) =>
    total === null ? (await call.replays.plan({ failures: criteria })).total : total,
  )
  const all = total ?? asked.value
  const many = pickedCount(picks, all ?? loaded)
  const canHaveAll = !picks.isAll && all !== null && all > picks.ids.size && picks.ids.size >= Math.min(loaded, all)
  const chosen = chosenOf(picks, criteria)
  const clear = () => onPick(noRows)
  return (
    <SelectionBar what={`${count(many, 'dead letter')} selected`} onClear={clear}>
      {canHaveAll && (
        <Button size="compact-sm" variant="light" onClick={() => onPick(allRows)}>
          Select all {all.toLocaleString('en')} that match
        </Button>
      )}
      <ReplayChosen chosen={chosen} many={many} />
      <DiscardChosen chosen={chosen} many={many} onDone={clear} />
    </SelectionBar>
  )
}

function chosenOf({ ids, isAll }: RowPicks<DeliveryId>, criteria: FailureCriteria): ChosenFailures {
  if (!isAll) return { deliveryIds: [...ids] }
  return { failures: criteria, ...(ids.size > 0 && { exclude: [...ids] }) }
}

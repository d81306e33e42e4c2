import { keyOf } from '#renderer/state/failure-place.ts'
import { count } from '#renderer/state/wording.ts'
import type { FailureGroup } from '#shared/domain/failure-group.ts'
import { DiscardChosen, ReplayChosen } from './dead-letter-actions.tsx'
import { SelectionBar } from './selection-bar.tsx'

/** What can be done with all deliveries of the causes that are ticked. */
export function GroupBar({ groups, onClear }: { groups: readonly FailureGroup[]; onClear: () => void }) {
  const many = groups.reduce((sum, group) => sum + group.open, 0)
  const chosen = { failures: { groups: groups.map(keyOf) } }
  return (
    <SelectionBar what={`${count(groups.length, 'cause')} with ${count(many, 'dead letter')}`} onClear={onClear}>
      <ReplayChosen chosen={chosen} many={many} />
      <DiscardChosen chosen={chosen} many={many} onDone={onClear} />
    </SelectionBar>
  )
}

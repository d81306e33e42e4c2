import { Button } from '@mantine/core'
import { detailOf, sentenceOf } from '../state/host-error.ts'
import { EmptyState } from './empty-state.tsx'
import { FailureDetail } from './failure-detail.tsx'

/** Says that something could not be loaded, why, and offers to try again. */
export function LoadFailure({ what, error, again }: { what: string; error: unknown; again: () => void }) {
  const title = `${what} could not be loaded`
  return (
    <EmptyState icon="bad" title={title}>
      <p>{sentenceOf(error)}</p>
      <Button size="xs" variant="default" onClick={again}>
        Try again
      </Button>
      <FailureDetail text={detailOf(`${title}.`, error)} />
    </EmptyState>
  )
}

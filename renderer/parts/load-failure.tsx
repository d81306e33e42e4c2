import { Button } from '@mantine/core'
import { sentenceOf } from '../state/host-error.ts'
import { EmptyState } from './empty-state.tsx'

/** Says that something could not be loaded, why, and offers to try again. */
export function LoadFailure({ what, error, again }: { what: string; error: unknown; again: () => void }) {
  return (
    <EmptyState icon="bad" title={`${what} could not be loaded`}>
      <p>{sentenceOf(error)}</p>
      <Button size="xs" variant="default" onClick={again}>
        Try again
      </Button>
    </EmptyState>
  )
}

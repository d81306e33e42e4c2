import { Button } from '@mantine/core'
import { useAction } from '#renderer/state/use-action.ts'
import type { RecordComparison } from '#shared/domain/known-record.ts'
import type { RecordRef } from '#shared/domain/record.ts'

/** Reads both records as they are now. Writes nothing. */
export function CompareButton({
  record,
  onCompared,
}: {
  readonly record: RecordRef
  readonly onCompared: (comparison: RecordComparison) => void
}) {
  const [run, busy] = useAction()
  return (
    <Button
      size="xs"
      variant="default"
      loading={busy}
      title="Reads both records as they are now, with about one API call to each system. Writes nothing."
      onClick={() =>
        void run('The records could not be compared.', (call) => call.records.compare(record)).then((comparison) => {
          if (comparison !== null) onCompared(comparison)
        })
      }
    >
      Compare now
    </Button>
  )
}

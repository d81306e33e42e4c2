import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import type { Fix } from '#renderer/state/failure-fix.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAction } from '#renderer/state/use-action.ts'

/** Leads to where a failure is mended, or brings the record over that is missed there. */
export function FixButton({ fix }: { fix: Fix }) {
  const [run, busy] = useAction()
  if (fix.kind === 'go') {
    return (
      <Button component="a" href={fix.hash} size="compact-sm" rightSection={<Icon name="arrow" size={12} />}>
        {fix.label}
      </Button>
    )
  }
  const { record } = fix
  const sync = () =>
    run(
      'It could not be brought over.',
      (call) => call.records.sync({ ...record, from: record.system }),
      ({ eventIds }) => ({
        sentence: 'It is on its way. What waits for it goes on by itself.',
        ...(eventIds[0] !== undefined && { link: { label: 'See it', hash: addressOf('live', [eventIds[0]]) } }),
      }),
    )
  return (
    <Button
      size="compact-sm"
      loading={busy}
      title="Reads the record now and carries it over by its route"
      onClick={() => void sync()}
    >
      {fix.label}
    </Button>
  )
}

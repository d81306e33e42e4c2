import { Anchor } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { liveAddress } from '#renderer/state/live-place.ts'

/** Why the list is empty: nothing matches, nobody works in the sandbox, or no sender has sent yet. */
export function LiveEmpty() {
  const filter = useConsole((state) => state.live.filter)
  const workspace = useConsole((state) => state.relay.health?.workspace)
  if (filter.text !== '') {
    return (
      <EmptyState icon="search" title="No event matches">
        <p>
          Nothing that Patchbay has kept fits <code>{filter.text}</code>. New events that fit will show up here.
        </p>
        <Anchor size="sm" href={liveAddress('')}>
          Show all events
        </Anchor>
      </EmptyState>
    )
  }
  if (workspace === 'sandbox') {
    return (
      <EmptyState icon="live" title="Nothing has happened yet">
        Move the traffic slider above, and simulated people begin to change records on both sides.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="live" title="No event has arrived yet">
      Give the webhook addresses under{' '}
      <Anchor size="sm" href="#/connections">
        Connections
      </Anchor>{' '}
      to Salesforce and ConnectWise. The first event shows up here within a second.
    </EmptyState>
  )
}

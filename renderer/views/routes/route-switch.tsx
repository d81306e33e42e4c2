import { Switch } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { count } from '#renderer/state/wording.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'

/** Switches a route on or off, at once. Before real systems are written to, it says what will happen. */
export function RouteSwitch({ route, open }: { readonly route: Route; readonly open: number }) {
  const switchRoute = useConsole((state) => state.connections.switchRoute)
  const busy = useConsole((state) => state.connections.switching.has(route.id))
  const isLive = useConsole((state) => state.relay.health?.workspace === 'live')
  return (
    <Confirm
      title={`Switch on “${route.name}”`}
      consequence={<OnConsequence route={route} open={open} />}
      confirm={{ label: 'Switch on' }}
      onConfirm={() => switchRoute(route, true)}
      trigger={(ask) => (
        <Switch
          size="sm"
          aria-label={route.name}
          label={route.enabled ? 'On' : 'Off'}
          labelPosition="left"
          checked={route.enabled}
          disabled={busy}
          onChange={(event) => {
            const wanted = event.currentTarget.checked
            if (wanted && isLive) ask()
            else void switchRoute(route, wanted)
          }}
        />
      )}
    />
  )
}

/** What switching a route on will do. */
export function OnConsequence({ route, open }: { readonly route: Route; readonly open: number }) {
  const there = systemTitle[otherSystem(route.from)]
  return (
    <>
      From now on, changes of {systemTitle[route.from]} {route.match.entity} records are written to {there}
      {route.mayCreate ? ', and records that are missing there are created' : ''}. Events that came in before stay as
      they are.
      {open > 0 && ` ${count(open, 'delivery that waits goes', 'deliveries that wait go')} out.`}
    </>
  )
}

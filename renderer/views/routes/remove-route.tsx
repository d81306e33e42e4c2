import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'
import type { Route } from '#shared/domain/route.ts'

interface Props {
  readonly route: Route
  /** Deliveries that have not ended. */
  readonly open: number
  readonly onRemoved: () => void
}

/** Removes a route, after saying what becomes of what it has not delivered yet. */
export function RemoveRoute({ route, open, onRemoved }: Props) {
  const reload = useConsole((state) => state.connections.reload)
  const [run, busy] = useAction()

  async function remove() {
    const gone = await run(
      'The route could not be removed.',
      (call) => call.routes.remove({ id: route.id, withOpen: true }),
      ({ openDeliveries }) => {
        onRemoved()
        const ended =
          openDeliveries === 0 ? '' : ` ${count(openDeliveries, 'delivery ends', 'deliveries end')} as skipped.`
        return `“${route.name}” is removed.${ended}`
      },
    )
    if (gone === null) return
    goTo(addressOf('routes'), true)
    await reload()
  }

  return (
    <Confirm
      title={`Remove “${route.name}”`}
      consequence={<Consequence open={open} />}
      confirm={{ label: 'Remove the route', color: 'red' }}
      onConfirm={remove}
      trigger={(ask) => (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          leftSection={<Icon name="trash" size={13} />}
          onClick={ask}
        >
          Remove…
        </Button>
      )}
    />
  )
}

function Consequence({ open }: { readonly open: number }) {
  return (
    <>
      {open === 0
        ? 'Nothing waits on it. '
        : `${count(open, 'delivery that has not ended will not be sent and ends', 'deliveries that have not ended will not be sent and end')} as skipped. `}
      What it delivered stays, with its history; its mapping stays, too. To stop it for a while, switch it off or pause
      it instead.
    </>
  )
}

import { Button } from '@mantine/core'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { eventsLink } from '#renderer/state/alerts/alert-words.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { Alert } from '#shared/domain/alert.ts'

/** What a person can do about an alert: take it on, close it, look at what is behind it. */
export function AlertActions({ alert, onChanged }: { alert: Alert; onChanged: () => void }) {
  const [run] = useAction()
  const { id, state } = alert
  const { hash, label } = eventsLink(alert)
  const acknowledge = async (note: string) => {
    await run(
      'The alert could not be acknowledged.',
      (call) => call.alerts.acknowledge({ id, note }),
      () => 'The alert is acknowledged: nobody is reminded of it any more.',
    )
    onChanged()
  }
  const resolve = async (note: string) => {
    await run(
      'The alert could not be resolved.',
      (call) => call.alerts.resolve({ id, note }),
      () => 'The alert is resolved. It opens again should its cause come back.',
    )
    onChanged()
  }
  return (
    <>
      {state === 'open' && (
        <ReasonPopover
          isOptional
          consequence="You take care of it: the others see that, and nobody is reminded any more."
          example="I am on the phone with the hoster"
          confirm={{ label: 'Acknowledge', color: 'blue' }}
          onConfirm={acknowledge}
          trigger={(toggle) => (
            <Button size="compact-sm" onClick={toggle}>
              Acknowledge…
            </Button>
          )}
        />
      )}
      {state !== 'resolved' && (
        <ReasonPopover
          isOptional
          consequence="Closes the alert now. It closes by itself once its cause is gone; while the cause is there, it opens again."
          example="The server was restarted"
          confirm={{ label: 'Resolve', color: 'blue' }}
          onConfirm={resolve}
          trigger={(toggle) => (
            <Button size="compact-sm" variant="default" onClick={toggle}>
              Resolve…
            </Button>
          )}
        />
      )}
      <Button size="compact-sm" variant="default" component="a" href={hash}>
        {label}
      </Button>
    </>
  )
}

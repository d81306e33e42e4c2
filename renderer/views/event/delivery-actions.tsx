import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import { replayableState } from '#shared/domain/replay.ts'
import styles from './delivery-actions.module.css'

interface Props {
  readonly delivery: DeliverySummary
  /** For one among many. */
  readonly quiet?: boolean
  /** Further buttons, before these. */
  readonly children?: ReactNode
}

/** What a person can do about a delivery: replay what has ended, cancel what waits. */
export function DeliveryActions({ delivery, quiet = false, children }: Props) {
  return (
    <div className={styles.actions}>
      {children}
      <Actions delivery={delivery} quiet={quiet} />
    </div>
  )
}

function Actions({ delivery, quiet }: { delivery: DeliverySummary; quiet: boolean }) {
  if (replayableState.safeParse(delivery.state).success && delivery.replayedBy === null) {
    return (
      <>
        {!quiet && <LookFirstButton delivery={delivery} />}
        {delivery.state === 'dead' && <ReplayButton delivery={delivery} quiet={quiet} />}
      </>
    )
  }
  if (delivery.state === 'pending' || delivery.state === 'waiting' || delivery.state === 'parked') {
    return <CancelButton delivery={delivery} />
  }
  return null
}

/** Leads to the plan, the diff and the other ways to replay. */
function LookFirstButton({ delivery }: { delivery: DeliverySummary }) {
  const open = useConsole((state) => state.replay.open)
  return (
    <Button
      size="compact-xs"
      variant="default"
      title="Shows what a replay would change, and offers to send it as received or edited"
      onClick={() =>
        open({
          selection: { deliveryIds: [delivery.id], states: [...replayableState.options] },
          what: delivery.title ?? `${delivery.record.entity} ${delivery.record.id}`,
        })
      }
    >
      Replay with a look first…
    </Button>
  )
}

/** Replays one delivery with today's mapping and the record as it is now. */
function ReplayButton({ delivery, quiet }: { delivery: DeliverySummary; quiet: boolean }) {
  const replay = useConsole((state) => state.failures.replay)
  const busy = useConsole((state) => state.failures.replaying.has(delivery.id))
  return (
    <Button
      size="compact-xs"
      variant={quiet ? 'default' : 'filled'}
      loading={busy}
      leftSection={<Icon name="replay" size={13} />}
      title="Delivers the event again, with today's mapping and the record as it is now"
      onClick={() => void replay([delivery])}
    >
      Replay
    </Button>
  )
}

function CancelButton({ delivery }: { delivery: DeliverySummary }) {
  const cancel = useConsole((state) => state.event.cancel)
  return (
    <ReasonPopover
      consequence="Nothing will be written for this delivery. The event itself is kept."
      example="Entered by hand already"
      confirm={{ label: 'Cancel the delivery', color: 'red' }}
      onConfirm={(reason) => void cancel(delivery.id, reason)}
      trigger={(toggle) => (
        <Button size="compact-xs" variant="default" onClick={toggle}>
          Cancel…
        </Button>
      )}
    />
  )
}

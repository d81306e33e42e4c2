import { Button, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import styles from './delivery-actions.module.css'

/** What a person can do about a delivery: replay what failed, cancel what waits. `quiet` is for one among many. */
export function DeliveryActions({ delivery, quiet = false }: { delivery: DeliverySummary; quiet?: boolean }) {
  if (delivery.state === 'dead' && delivery.replayedBy === null)
    return <ReplayButton delivery={delivery} quiet={quiet} />
  if (delivery.state === 'pending' || delivery.state === 'waiting' || delivery.state === 'parked') {
    return <CancelButton delivery={delivery} />
  }
  return null
}

/** Replays one delivery with today's mapping and the record as it is now. */
function ReplayButton({ delivery, quiet }: { delivery: DeliverySummary; quiet: boolean }) {
  const replay = useConsole((state) => state.failures.replay)
  const busy = useConsole((state) => state.failures.replaying.has(delivery.id))
  return (
    <Button
      className={styles.right ?? ''}
      size={quiet ? 'compact-xs' : 'compact-sm'}
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
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withArrow>
      <Popover.Target>
        <Button className={styles.right ?? ''} size="compact-sm" variant="default" onClick={() => setOpen(!open)}>
          Cancel…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            setOpen(false)
            void cancel(delivery.id, reason.trim())
          }}
        >
          <p>Nothing will be written for this delivery. The event itself is kept.</p>
          <TextInput
            data-autofocus
            size="xs"
            label="Why"
            placeholder="Entered by hand already"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" color="red" disabled={reason.trim() === ''}>
            Cancel the delivery
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

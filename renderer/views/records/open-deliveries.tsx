import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { aimOf, reasonOf } from '#renderer/state/record-story.ts'
import { deliveryBadge } from '#renderer/state/wording.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import styles from './open-deliveries.module.css'

/** What of the record has not ended, or ended badly, and why; nothing is shown where there is none. */
export function OpenDeliveries({ deliveries }: { deliveries: readonly DeliverySummary[] }) {
  if (deliveries.length === 0) return null
  const needsPerson = deliveries.some(({ state }) => state === 'dead' || state === 'parked')
  return (
    <Panel tone={needsPerson ? 'bad' : 'wait'} label="Open deliveries">
      <ul className={styles.list}>
        {deliveries.map((delivery) => (
          <OpenDelivery key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </Panel>
  )
}

function OpenDelivery({ delivery }: { delivery: DeliverySummary }) {
  const open = useConsole((state) => state.replay.open)
  const { eventId, failure, id, record, state, title } = delivery
  return (
    <li className={styles.delivery}>
      <div className={styles.head}>
        <StateBadge wording={deliveryBadge(delivery)} />
        <strong>To {aimOf(delivery)}</strong>
        {state === 'waiting' && (
          <span className={styles.soft}>
            next try <Time at={delivery.availableAt} />
          </span>
        )}
        <a className={styles.link} href={addressOf('live', [eventId])}>
          Event {eventId}
        </a>
        {state === 'dead' && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="replay" size={12} />}
            onClick={() =>
              open({
                selection: { deliveryIds: [id], states: ['dead'] },
                what: title ?? `${record.entity} ${record.id}`,
              })
            }
          >
            Replay…
          </Button>
        )}
      </div>
      <p className={styles.reason}>
        {reasonOf(delivery)}
        {failure?.fix !== undefined && <span className={styles.soft}> {failure.fix}</span>}
      </p>
    </li>
  )
}

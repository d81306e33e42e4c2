import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { addressOf } from '#renderer/state/place.ts'
import { aimOf, changesOf, happeningOf, reasonOf, specialOf, wayOf } from '#renderer/state/record-story.ts'
import { deliveryBadge, eventBadge } from '#renderer/state/wording.ts'
import type { TimelineEntry } from '#shared/domain/known-record.ts'
import styles from './timeline-item.module.css'

/** Changes of one delivery that are told; the event has all. */
const changesShown = 3

/** One event of either side: what happened, who did it, and what Patchbay wrote for it. */
export function TimelineItem({ entry }: { entry: TimelineEntry }) {
  return (
    <article>
      <header className={styles.head}>
        <SystemName system={entry.system} short />
        <a className={styles.what} href={addressOf('live', [entry.id])}>
          {happeningOf(entry)}
        </a>
        <span className={styles.way}>{wayOf(entry)}</span>
        <span className={styles.time}>
          <Time at={entry.occurredAt ?? entry.receivedAt} />
        </span>
      </header>
      {entry.deliveries.length === 0 && (
        <p className={styles.line}>
          <StateBadge wording={eventBadge(entry)} /> <span>{entry.note ?? eventBadge(entry).meaning}</span>
        </p>
      )}
      {entry.deliveries.map((delivery) => (
        <Delivery key={delivery.id} delivery={delivery} />
      ))}
    </article>
  )
}

function Delivery({ delivery }: { delivery: TimelineEntry['deliveries'][number] }) {
  const special = specialOf(delivery)
  const { shown, more } = changesOf(delivery, changesShown)
  return (
    <>
      <p className={styles.line}>
        <StateBadge wording={deliveryBadge(delivery)} />
        <span>
          {special !== null && <em>{special}: </em>}
          {delivery.state === 'delivered' ? aimOf(delivery) : reasonOf(delivery)}
        </span>
      </p>
      {shown.length > 0 && (
        <ul className={styles.changes}>
          {shown.map(({ field, from, to }) => (
            <li key={field}>
              {field}: <del>{from}</del> <ins>{to}</ins>
            </li>
          ))}
          {more > 0 && <li>and {more} more</li>}
        </ul>
      )}
    </>
  )
}

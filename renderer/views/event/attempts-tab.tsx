import type { EventDetail } from '#shared/contract/event-calls.ts'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { deliveryBadge } from '#renderer/state/wording.ts'
import { AttemptView } from './attempt-view.tsx'
import { deliveryTitle } from './delivery-card.tsx'
import styles from './attempts-tab.module.css'

/** Each try at each delivery, newest first, with what was said over the wire. */
export function AttemptsTab({ event }: { event: EventDetail }) {
  const tried = event.deliveries.filter((delivery) => delivery.attempts.length > 0).toReversed()
  if (tried.length === 0) {
    return (
      <EmptyState icon="connections" title="Nothing was tried yet">
        Each try at a delivery will stand here with its requests and responses. Secrets are taken out before anything is
        kept.
      </EmptyState>
    )
  }
  return (
    <div className={styles.deliveries}>
      {tried.map((delivery, place) => (
        <section key={delivery.id} aria-label={`Attempts of delivery ${delivery.id}`}>
          <h3 className={styles.title}>
            {deliveryTitle(delivery)} <StateBadge wording={deliveryBadge(delivery)} />
            <span className={styles.soft}>Delivery {delivery.id}</span>
          </h3>
          {delivery.attempts.toReversed().map((attempt, index) => (
            <AttemptView key={attempt.id} attempt={attempt} delivery={delivery} isNewest={place === 0 && index === 0} />
          ))}
        </section>
      ))}
      <p className={styles.soft}>Secrets were taken out of requests and responses before they were kept.</p>
    </div>
  )
}

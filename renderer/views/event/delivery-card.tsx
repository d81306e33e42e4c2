import { useEffect } from 'react'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { destinationName, destinationSystem } from '#renderer/state/event-story.ts'
import { count, deliveryBadge } from '#renderer/state/wording.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { AttemptView } from './attempt-view.tsx'
import { ConflictChoice } from './conflict-choice.tsx'
import { DeliveryActions } from './delivery-actions.tsx'
import { FailureNote } from './failure-note.tsx'
import styles from './delivery-card.module.css'

/** One delivery: where to, how it stands, what went wrong and what to do, and each attempt. */
export function DeliveryCard({ delivery }: { delivery: DeliveryDetail }) {
  // What was replayed is history: its replay, further down, is what counts.
  const isReplayed = delivery.replayedBy !== null
  const told = delivery.note ?? delivery.failure?.sentence ?? null
  const last = isReplayed ? undefined : delivery.attempts.at(-1)
  return (
    <article className={styles.card} aria-label={`Delivery ${delivery.id}`}>
      <header className={styles.head}>
        <strong className={styles.title}>{titleOf(delivery)}</strong>
        <StateBadge wording={deliveryBadge(delivery)} />
        <DeliveryActions delivery={delivery} />
      </header>
      <p className={styles.facts}>
        {delivery.destination !== null && `${delivery.destination.entity} ${delivery.destination.id} · `}
        Delivery {delivery.id} · route <RouteName id={delivery.routeId} /> · {count(delivery.attemptCount, 'attempt')}
        {delivery.state === 'waiting' && (
          <>
            {' '}
            · next try <Time at={delivery.availableAt} />
          </>
        )}
        {delivery.replayOf !== null && ` · replay of delivery ${delivery.replayOf}`}
        {delivery.replayedBy !== null && ` · replayed as delivery ${delivery.replayedBy}`}
      </p>
      {delivery.failure !== null && delivery.state !== 'delivered' && !isReplayed ? (
        <FailureNote failure={delivery.failure} tone={delivery.state === 'dead' ? 'bad' : 'wait'} />
      ) : (
        told !== null && <p className={styles.note}>{told}</p>
      )}
      <ConflictChoice delivery={delivery} />
      {delivery.attempts.toReversed().map((attempt) => (
        <AttemptView
          key={attempt.id}
          attempt={attempt}
          system={destinationSystem(delivery)}
          isLast={attempt === last}
        />
      ))}
    </article>
  )
}

/** The route's name; its id until the names are loaded. */
function RouteName({ id }: { id: string }) {
  const { routes, loaded, reload } = useConsole((state) => state.connections)
  useEffect(() => {
    if (!loaded) void reload()
  }, [loaded, reload])
  return <>{routes.find((route) => route.id === id)?.name ?? id}</>
}

function titleOf(delivery: DeliveryDetail): string {
  const to = systemTitle[destinationSystem(delivery)]
  return delivery.destination === null ? `To ${to}` : `To ${to}: ${destinationName(delivery)}`
}

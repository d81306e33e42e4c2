import { useEffect } from 'react'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { destinationName, destinationSystem } from '#renderer/state/event-story.ts'
import { count, deliveryBadge } from '#renderer/state/wording.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { AttemptSteps } from './attempt-steps.tsx'
import { ConflictChoice } from './conflict-choice.tsx'
import { DeliveryActions } from './delivery-actions.tsx'
import { FieldTable } from './field-table.tsx'
import { FailureNote } from './failure-note.tsx'
import { UndoButton } from './undo-button.tsx'
import styles from './delivery-card.module.css'

interface Props {
  readonly delivery: DeliveryDetail
  /** Another delivery has taken back what it wrote, or is about to. */
  readonly isUndone: boolean
}

/** One delivery: where to, how it stands, what went wrong and what to do, and what its newest attempt did step by step. */
export function DeliveryCard({ delivery, isUndone }: Props) {
  // What was replayed is history: its replay, further down, is what counts.
  const isReplayed = delivery.replayedBy !== null
  const newest = isReplayed ? undefined : delivery.attempts.at(-1)
  // What was written stands in the table below.
  const isTold = delivery.mode !== 'undo' && (newest?.changes.length ?? 0) > 0 && delivery.state === 'delivered'
  const told = isTold ? null : (delivery.note ?? delivery.failure?.sentence ?? null)
  const wrote = delivery.state === 'delivered' && delivery.result === 'updated' && delivery.mode !== 'undo'
  return (
    <article className={styles.card} aria-label={`Delivery ${delivery.id}`}>
      <header className={styles.head}>
        <strong className={styles.title}>{deliveryTitle(delivery)}</strong>
        <StateBadge wording={deliveryBadge(delivery)} />
        <DeliveryActions delivery={delivery}>
          {wrote && !isReplayed && !isUndone && <UndoButton delivery={delivery} />}
        </DeliveryActions>
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
        {delivery.undoOf !== null && delivery.undoOf !== undefined && ` · takes back delivery ${delivery.undoOf}`}
        {isUndone && ' · taken back'}
        {delivery.replayOf !== null && ` · replay of delivery ${delivery.replayOf}`}
        {delivery.replayedBy !== null && ` · replayed as delivery ${delivery.replayedBy}`}
      </p>
      {delivery.failure !== null && delivery.state !== 'delivered' && !isReplayed ? (
        <FailureNote failure={delivery.failure} tone={delivery.state === 'dead' ? 'bad' : 'wait'} />
      ) : (
        told !== null && <p className={styles.note}>{told}</p>
      )}
      <ConflictChoice delivery={delivery} />
      {newest !== undefined && (
        <>
          <AttemptSteps attempt={newest} delivery={delivery} />
          {newest.mappedValues !== null && <FieldTable attempt={newest} system={destinationSystem(delivery)} />}
        </>
      )}
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

/** Where it goes, by the name of the record there. */
export function deliveryTitle(delivery: DeliveryDetail): string {
  const to = systemTitle[destinationSystem(delivery)]
  return delivery.destination === null ? `To ${to}` : `To ${to}: ${destinationName(delivery)}`
}

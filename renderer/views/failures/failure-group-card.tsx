import { Button } from '@mantine/core'
import { useState } from 'react'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { nameOf } from '#renderer/state/event-story.ts'
import type { FailureGroup } from '#renderer/state/failure-groups.ts'
import { count, deliveryWording } from '#renderer/state/wording.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import { DeliveryActions } from '../event/delivery-actions.tsx'
import { FailureNote } from '../event/failure-note.tsx'
import styles from './failure-group-card.module.css'

/** Members shown at once. */
const step = 25

/** One cause on one route: what it is, what to do, and all deliveries it stopped. */
export function FailureGroupCard({ group }: { group: FailureGroup }) {
  const routeName = useConsole((state) => state.failures.routeNames[group.routeId] ?? group.routeId)
  return (
    <section className={styles.card} aria-label={`${routeName}: ${group.code}`}>
      <header className={styles.head}>
        <StateBadge wording={deliveryWording[group.state]} />
        <strong>{routeName}</strong>
        <span className={styles.soft}>
          {count(group.deliveries.length, 'delivery', 'deliveries')} · last <Time at={group.newestAt} />
        </span>
        {group.state === 'dead' && <ReplayGroup deliveries={group.deliveries} />}
      </header>
      {group.failure === null ? (
        <p className={styles.sentence}>{group.sentence}</p>
      ) : (
        <FailureNote failure={group.failure} tone={group.state === 'dead' ? 'bad' : 'wait'} />
      )}
      <Disclosure
        title={group.deliveries.length === 1 ? 'The delivery' : `The ${group.deliveries.length} deliveries`}
        startOpen={group.deliveries.length <= 3}
      >
        {() => <Members group={group} />}
      </Disclosure>
    </section>
  )
}

/** Replaying many asks once, with the number; one goes at once. */
function ReplayGroup({ deliveries }: { deliveries: readonly DeliverySummary[] }) {
  const replay = useConsole((state) => state.failures.replay)
  const busy = useConsole((state) => deliveries.some((delivery) => state.failures.replaying.has(delivery.id)))
  const [asking, setAsking] = useState(false)
  if (deliveries.length < 2) return null
  if (!asking) {
    return (
      <Button
        className={styles.right ?? ''}
        size="compact-sm"
        loading={busy}
        leftSection={<Icon name="replay" size={13} />}
        onClick={() => setAsking(true)}
      >
        Replay all {deliveries.length}…
      </Button>
    )
  }
  return (
    <span className={styles.asking}>
      {deliveries.length} records will be written again.
      <Button
        size="compact-sm"
        onClick={() => {
          setAsking(false)
          void replay(deliveries)
        }}
      >
        Replay {deliveries.length}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
        Not now
      </Button>
    </span>
  )
}

function Members({ group: { deliveries, sentence } }: { group: FailureGroup }) {
  const [shown, setShown] = useState(step)
  return (
    <>
      <ul className={styles.members}>
        {deliveries.slice(0, shown).map((delivery) => (
          <Member key={delivery.id} delivery={delivery} groupSentence={sentence} />
        ))}
      </ul>
      {deliveries.length > shown && (
        <Button size="compact-xs" variant="default" onClick={() => setShown(shown + step)}>
          Show {Math.min(step, deliveries.length - shown)} more
        </Button>
      )}
    </>
  )
}

/** One delivery; its own reason is told where it differs from the group's. */
function Member({ delivery, groupSentence }: { delivery: DeliverySummary; groupSentence: string }) {
  const { record, title } = delivery
  const reason = delivery.failure?.sentence ?? delivery.note
  return (
    <li className={styles.member}>
      <span className={styles.soft}>
        <Time at={delivery.endedAt ?? delivery.createdAt} />
      </span>
      <SystemName system={record.system} short />
      <a className={styles.name} href={`#/events/${delivery.eventId}`}>
        {nameOf({ entity: record.entity, recordId: record.id, title })}
      </a>
      <span className={styles.reason} title={reason ?? undefined}>
        {reason !== groupSentence && reason}
      </span>
      <DeliveryActions delivery={delivery} quiet />
    </li>
  )
}

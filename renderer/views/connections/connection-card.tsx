import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { ConnectionEntry } from '#renderer/state/connections-slice.ts'
import { addressOf } from '#renderer/state/place.ts'
import { count } from '#renderer/state/wording.ts'
import type { ConnectionHealth } from '#shared/domain/health.ts'
import { PauseButton } from '#renderer/views/pauses/pause-button.tsx'
import { HealthCard } from './health-card.tsx'
import { kinds } from './kinds.ts'
import { heldOf, NextTry, TryNowButton } from './next-try.tsx'
import { RemoveConnection } from './remove-connection.tsx'
import { TestButton, TestFindings } from './test-button.tsx'
import styles from './connection-card.module.css'

/** A connection: how it is, what waits for it, its budget, its test. */
export function ConnectionCard({ entry, onEdit }: { entry: ConnectionEntry; onEdit: () => void }) {
  const { connection, secrets } = entry
  const pushed = useConsole((state) => state.relay.health?.connections.find(({ id }) => id === connection.id))
  const health = pushed ?? entry.health
  const held = heldOf(health)
  const test = useConsole((state) => state.connections.testConnection)
  const findMissed = useConsole((state) => state.connections.findMissed)
  const [isAsking, setAsking] = useState(false)
  return (
    <HealthCard
      part={`connection:${connection.id}`}
      title={
        <span className={styles.title}>
          <SystemName system={connection.kind} short /> {connection.name}
        </span>
      }
      health={health}
      actions={
        <>
          <TestButton of={`connection:${connection.id}`} what={connection.name} run={() => test(connection.id)} />
          <Button
            size="compact-sm"
            variant="default"
            title="Asks what was changed, and takes in what nobody has announced."
            loading={isAsking}
            onClick={() => {
              setAsking(true)
              void findMissed(connection).finally(() => setAsking(false))
            }}
          >
            Find missed
          </Button>
          <Button size="compact-sm" variant="default" onClick={onEdit}>
            Change…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            component="a"
            href={addressOf('connections', ['connection', connection.id])}
          >
            Guide
          </Button>
          <PauseButton target={{ scope: 'connection', id: connection.id }} name={connection.name} />
          <RemoveConnection connection={connection} />
        </>
      }
    >
      <KeyValues
        rows={[
          ['Address', connection.kind === 'salesforce' ? connection.settings.loginUrl : connection.settings.baseUrl],
          ['Waiting for it', count(health.waiting, 'delivery', 'deliveries')],
          ...(held === null ? [] : [['Next try', <NextTryLine key="held" held={held} />] as const]),
          ['Secrets', secretWords(connection, secrets)],
          ['API calls', <Budget key="budget" budget={health.budget} />],
        ]}
      />
      <TestFindings of={`connection:${connection.id}`} />
    </HealthCard>
  )
}

function NextTryLine({ held }: { held: NonNullable<ReturnType<typeof heldOf>> }) {
  return (
    <span className={styles.next}>
      <NextTry {...held} /> <TryNowButton held={held} />
    </span>
  )
}

function Budget({ budget }: { budget: ConnectionHealth['budget'] }) {
  if (budget === null) return 'no limit is known yet'
  const share = budget.limit === 0 ? 100 : (budget.used / budget.limit) * 100
  return (
    <div className={styles.budget}>
      {budget.used.toLocaleString('en')} of {budget.limit.toLocaleString('en')} used in 24 hours
      {budget.open === 'live' && ': replays wait'}
      {budget.open === 'nobody' && ': everything waits'}
      <Progress
        size="sm"
        value={share}
        color={budget.reached >= 90 ? 'red' : budget.reached >= 70 ? 'orange' : 'teal'}
        aria-label="API calls used"
      />
    </div>
  )
}

/** Which of the needed secrets are set: all that is ever told about them. */
function secretWords({ kind, settings }: ConnectionEntry['connection'], secrets: ConnectionEntry['secrets']): string {
  const { secrets: known, unused } = kinds[kind]
  const idle = unused?.(settings) ?? []
  return known
    .filter(({ name }) => !idle.includes(name))
    .map(({ name, label }) => `${label} ${secrets[name]?.set ? 'is set' : 'is not set'}`)
    .join(', ')
}

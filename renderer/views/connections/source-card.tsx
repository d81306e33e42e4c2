import { Button } from '@mantine/core'
import { CopyField } from '#renderer/parts/copy-field.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { SourceEntry } from '#renderer/state/connections-slice.ts'
import { addressOf } from '#renderer/state/place.ts'
import { PauseButton } from '#renderer/views/pauses/pause-button.tsx'
import { useSourceAddress } from './guides/source-address.ts'
import { HealthCard } from './health-card.tsx'
import { kinds } from './kinds.ts'
import { RemoveSource } from './remove-source.tsx'
import { TestButton, TestFindings } from './test-button.tsx'
import styles from './source-card.module.css'

interface Props {
  readonly source: SourceEntry['source']
  onEdit(): void
  onScripts(): void
}

/** A source: how it is, when it was heard last, its address for the sender. */
export function SourceCard({ source, onEdit, onScripts }: Props) {
  const health = useConsole((state) => state.relay.health?.sources.find(({ id }) => id === source.id)) ?? null
  const test = useConsole((state) => state.connections.testSource)
  const address = useSourceAddress(source.id)
  const lastEventAt = health?.lastEventAt ?? null
  return (
    <HealthCard
      part={`source:${source.id}`}
      title={source.name}
      health={health}
      actions={
        <>
          <TestButton of={`source:${source.id}`} what={source.name} run={() => test(source.id)} />
          <Button size="compact-sm" variant="default" onClick={onEdit}>
            Change…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            component="a"
            href={addressOf('connections', ['source', source.id])}
          >
            Guide
          </Button>
          <PauseButton target={{ scope: 'source', id: source.id }} name={source.name} />
          {source.kind === 'connectwise-sql' && (
            <Button size="compact-sm" variant="default" onClick={onScripts}>
              T-SQL scripts
            </Button>
          )}
          <RemoveSource source={source} />
        </>
      }
    >
      {source.kind !== 'connectwise-sql' && <CopyField text={address.url} what="the webhook address" />}
      <KeyValues
        rows={[
          ['Kind', kinds[source.kind].title],
          ...(source.kind === 'connectwise-sql'
            ? []
            : [['Reached', address.isPublic ? 'from outside' : 'from this computer alone'] as const]),
          ...(source.kind === 'connectwise-sql'
            ? [['Database', `${source.settings.host} / ${source.settings.database}`] as const]
            : []),
          ['Last event', lastEventAt === null ? 'none yet' : <Time key="last" at={lastEventAt} />],
          ['Events', (health?.events ?? 0).toLocaleString('en')],
          ['Rejections', <Rejections key="rejections" many={health?.rejections ?? 0} />],
        ]}
      />
      <TestFindings of={`source:${source.id}`} />
    </HealthCard>
  )
}

function Rejections({ many }: { many: number }) {
  if (many === 0) return 'none'
  return (
    <a className={styles.link} href="#/live/rejections">
      {many.toLocaleString('en')}
    </a>
  )
}

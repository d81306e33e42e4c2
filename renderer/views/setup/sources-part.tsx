import { Button } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { isReady } from '#renderer/state/setup-progress.ts'
import type { Wording } from '#renderer/state/wording.ts'
import { freeId, kinds, sourceKinds } from '#renderer/views/connections/kinds.ts'
import { Wizard } from '#renderer/views/connections/wizard/wizard.tsx'
import type { SourceKind } from '#shared/domain/source.ts'
import { SetupPart } from './setup-part.tsx'
import styles from './setup-part.module.css'

const ready: Wording = { label: 'Ready', tone: 'good', meaning: 'Events can come in by it.' }
const open: Wording = {
  label: 'Not set up',
  tone: 'quiet',
  meaning: 'It needs some more before events can come in by it.',
}

/** Why one would want each kind, in a line. */
const uses: Record<SourceKind, string> = {
  'salesforce-webhook': 'Changes in Salesforce, through Hookdeck or directly.',
  'connectwise-callback': 'Changes in ConnectWise, as it calls Patchbay. For the cloud, and for your own server.',
  'connectwise-sql':
    'Changes in ConnectWise, from its database. For your own server; misses nothing while Patchbay is off.',
}

/** Sets up where events come from: one way for each system. */
export function SourcesPart({ onNext }: { readonly onNext: () => void }) {
  const sources = useConsole((state) => state.connections.sources)
  const health = useConsole((state) => state.relay.health)
  const [chosen, setChosen] = useState<{ kind: SourceKind; id: string } | null>(null)
  if (chosen !== null) {
    return (
      <>
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setChosen(null)}>
            All sources
          </Button>
        </div>
        <Wizard kind={chosen.kind} id={chosen.id} onDone={() => setChosen(null)} />
      </>
    )
  }
  const rows = sourceKinds.map((kind) => {
    const entry = sources.find(({ source }) => source.kind === kind)
    const taken = sources.map(({ source }) => source.id)
    return { kind, id: entry?.source.id ?? freeId(kind, taken), isReady: entry !== undefined && isReady(entry, health) }
  })
  return (
    <SetupPart
      title="Where events come from"
      lead="Patchbay hears of changes by sources. Begin with one for each system; the SQL queue can come later."
      next={{ label: 'Go on to the test event', isMain: rows.some((row) => row.isReady), onNext }}
    >
      <ul className={styles.rows} aria-label="Sources">
        {rows.map(({ kind, id, isReady: isUsable }) => (
          <li key={kind} className={styles.row}>
            <Icon name={kind === 'connectwise-sql' ? 'records' : 'inbox'} size={18} />
            <span className={styles.words}>
              <strong>{kinds[kind].title}</strong>
              <span>{uses[kind]}</span>
            </span>
            <StateBadge wording={isUsable ? ready : open} />
            <Button
              size="compact-sm"
              variant={isUsable ? 'default' : 'light'}
              aria-label={`${isUsable ? 'Look at' : 'Set up'} ${kinds[kind].title}`}
              onClick={() => setChosen({ kind, id })}
            >
              {isUsable ? 'Look at' : 'Set up'}
            </Button>
          </li>
        ))}
      </ul>
    </SetupPart>
  )
}

import { Button, Menu } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page, Section } from '#renderer/parts/page.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import type { SourceEntry } from '#renderer/state/connections-slice.ts'
import { addressOf } from '#renderer/state/place.ts'
import { count } from '#renderer/state/wording.ts'
import { SetupReminder } from '#renderer/views/setup/setup-reminder.tsx'
import type { ScreenProps } from '../frame/screen.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { EditorDrawer } from './editor-drawer.tsx'
import type { Edited } from './editor-drawer.tsx'
import { connectionKinds, freeId, isConnectionKind, kinds, sourceKinds } from './kinds.ts'
import type { Kind } from './kinds.ts'
import { ScriptsDrawer } from './scripts-drawer.tsx'
import { SourceCard } from './source-card.tsx'
import { WizardPage } from './wizard/wizard-page.tsx'
import styles from './connections-screen.module.css'

/** The systems that are joined and where events come from; or one of them being set up. */
export function ConnectionsScreen({ place }: ScreenProps) {
  const { failed, loaded, reload } = useConsole((state) => state.connections)
  useEffect(() => void reload(), [reload])
  if (failed !== null && !loaded)
    return <LoadFailure what="The connections" error={failed} again={() => void reload()} />
  const [part, id] = place.path
  if (id !== undefined && (part === 'connection' || part === 'source')) {
    return <WizardPage key={`${part} ${id}`} part={part} id={id} wantedKind={place.query['kind']} />
  }
  return <Overview />
}

function Overview() {
  const { connections, sources, routes, loaded } = useConsole((state) => state.connections)
  const [edited, setEdited] = useState<Edited | null>(null)
  const [scriptsOf, setScriptsOf] = useState<SourceEntry['source'] | null>(null)
  const on = routes.filter((route) => route.enabled).length
  return (
    <Page
      title="Connections and sources"
      lead={
        <>
          What is carried between them is said by <a href={addressOf('routes')}>routes</a>
          {routes.length > 0 && `: ${count(on, 'is', 'are')} switched on`}.
        </>
      }
    >
      <SetupReminder />
      <Section
        title="Connections"
        lead="The systems that Patchbay reads from and writes to."
        actions={<Add kinds={connectionKinds} what="a connection" />}
      >
        <div className={styles.cards}>
          {connections.map((entry) => (
            <ConnectionCard
              key={entry.connection.id}
              entry={entry}
              onEdit={() => setEdited({ entry: entry.connection, secrets: entry.secrets })}
            />
          ))}
          {loaded && connections.length === 0 && <Missing>Begin here: add Salesforce, then ConnectWise.</Missing>}
        </div>
      </Section>
      <Section
        title="Sources"
        lead="Where events come from."
        actions={<Add kinds={sourceKinds} what="a source" disabled={connections.length === 0} />}
      >
        <div className={styles.cards}>
          {sources.map((entry) => (
            <SourceCard
              key={entry.source.id}
              source={entry.source}
              onEdit={() => setEdited({ entry: entry.source, secrets: entry.secrets })}
              onScripts={() => setScriptsOf(entry.source)}
            />
          ))}
          {loaded && sources.length === 0 && (
            <Missing>A source needs a connection to read records from. Add it afterwards.</Missing>
          )}
        </div>
      </Section>
      <EditorDrawer edited={edited} onClose={() => setEdited(null)} />
      <ScriptsDrawer source={scriptsOf} onClose={() => setScriptsOf(null)} />
    </Page>
  )
}

function Add({ kinds: offered, what, disabled = false }: { kinds: readonly Kind[]; what: string; disabled?: boolean }) {
  const { connections, sources } = useConsole((state) => state.connections)
  const taken = [...connections.map(({ connection }) => connection.id), ...sources.map(({ source }) => source.id)]
  const begin = (kind: Kind) =>
    goTo(addressOf('connections', [isConnectionKind(kind) ? 'connection' : 'source', freeId(kind, taken)], { kind }))
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Add ${what}`}
          disabled={disabled}
          leftSection={<Icon name="plus" size={13} />}
        >
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((kind) => (
          <Menu.Item key={kind} onClick={() => begin(kind)}>
            {kinds[kind].title}
            <div className={styles.about}>{kinds[kind].about}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Missing({ children }: { children: ReactNode }) {
  return <p className={styles.missing}>{children}</p>
}

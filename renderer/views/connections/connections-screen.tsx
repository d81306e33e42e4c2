import { Button, Menu } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { ConnectionCard } from './connection-card.tsx'
import { EditorDrawer } from './editor-drawer.tsx'
import type { Edited } from './editor-drawer.tsx'
import { kinds } from './kinds.ts'
import type { Kind } from './kinds.ts'
import { RouteList } from './route-list.tsx'
import { ScriptsDrawer } from './scripts-drawer.tsx'
import { SourceCard } from './source-card.tsx'
import styles from './connections-screen.module.css'

const connectionKinds: readonly Kind[] = ['salesforce', 'connectwise']
const sourceKinds: readonly Kind[] = ['salesforce-webhook', 'connectwise-callback', 'connectwise-sql']

/** The systems that are joined, where events come from, and how each of them is. */
export function ConnectionsScreen() {
  const { connections, sources, routes, failed, loaded, reload } = useConsole((state) => state.connections)
  const [edited, setEdited] = useState<Edited | null>(null)
  const [scriptsOf, setScriptsOf] = useState<(typeof sources)[number]['source'] | null>(null)
  useEffect(() => void reload(), [reload])
  if (failed !== null && !loaded)
    return <LoadFailure what="The connections" error={failed} again={() => void reload()} />
  const add = (kind: Kind) => setEdited({ kind, entry: null })
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <Section
          title="Connections"
          lead="The systems that Patchbay reads from and writes to."
          add={<Add kinds={connectionKinds} onAdd={add} />}
        >
          {connections.map((entry) => (
            <ConnectionCard
              key={entry.connection.id}
              entry={entry}
              onEdit={() => setEdited({ kind: entry.connection.kind, entry: entry.connection, secrets: entry.secrets })}
            />
          ))}
          {loaded && connections.length === 0 && <Missing>Begin here: add Salesforce, then ConnectWise.</Missing>}
        </Section>
        <Section
          title="Sources"
          lead="Where events come from."
          add={<Add kinds={sourceKinds} onAdd={add} disabled={connections.length === 0} />}
        >
          {sources.map((entry) => (
            <SourceCard
              key={entry.source.id}
              source={entry.source}
              onEdit={() => setEdited({ kind: entry.source.kind, entry: entry.source, secrets: entry.secrets })}
              onScripts={() => setScriptsOf(entry.source)}
            />
          ))}
          {loaded && sources.length === 0 && (
            <Missing>A source needs a connection to read records from. Add it afterwards.</Missing>
          )}
        </Section>
        <Section title="Routes" lead="Which changes are carried over, and in which direction.">
          <RouteList routes={routes} />
          {loaded && routes.length === 0 && (
            <Missing>Routes come by themselves as soon as both systems are connected.</Missing>
          )}
        </Section>
      </div>
      <EditorDrawer edited={edited} onClose={() => setEdited(null)} />
      <ScriptsDrawer source={scriptsOf} onClose={() => setScriptsOf(null)} />
    </div>
  )
}

function Section({
  title,
  lead,
  add,
  children,
}: {
  title: string
  lead: string
  add?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={title}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        <span className={styles.lead}>{lead}</span>
        {add}
      </header>
      <div className={styles.cards}>{children}</div>
    </section>
  )
}

function Add({
  kinds: offered,
  onAdd,
  disabled = false,
}: {
  kinds: readonly Kind[]
  onAdd: (kind: Kind) => void
  disabled?: boolean
}) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="default" disabled={disabled} leftSection={<Icon name="plus" size={13} />}>
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
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

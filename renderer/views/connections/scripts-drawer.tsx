import { Drawer } from '@mantine/core'
import { useEffect, useState } from 'react'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Scripts, SourceEntry } from '#renderer/state/connections-slice.ts'
import styles from './scripts-drawer.module.css'

/** The T-SQL for the ConnectWise database, to be read, copied and run by a person. */
export function ScriptsDrawer({ source, onClose }: { source: SourceEntry['source'] | null; onClose: () => void }) {
  return (
    <Drawer
      opened={source !== null}
      onClose={onClose}
      position="right"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={820}
      title={<strong>T-SQL scripts</strong>}
    >
      {source !== null && <ScriptList id={source.id} />}
    </Drawer>
  )
}

function ScriptList({ id }: { id: SourceEntry['source']['id'] }) {
  const load = useConsole((state) => state.connections.loadScripts)
  const [scripts, setScripts] = useState<Scripts | null>(null)
  useEffect(() => void load(id).then(setScripts), [load, id])
  return (
    <div className={styles.scripts}>
      <p>Patchbay never runs these. Read them, then run them in SQL Server Management Studio as a database owner.</p>
      {scripts?.map((script) => (
        <section key={script.name} aria-label={script.name}>
          <header>
            <strong>{script.name}</strong>
            <CopyButton text={script.text} what={script.name} />
          </header>
          <p>{script.purpose}</p>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard */}
          <pre tabIndex={0}>{script.text}</pre>
        </section>
      ))}
    </div>
  )
}

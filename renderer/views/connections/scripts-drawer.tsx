import { useAnswer } from '#renderer/state/use-answer.ts'
import { Drawer } from '@mantine/core'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { SaveFileButton } from '#renderer/parts/save-file-button.tsx'
import type { SourceEntry } from '#renderer/state/connections-slice.ts'
import styles from './scripts-drawer.module.css'

/** The T-SQL for the ConnectWise database, to be read, copied, saved and run by a person. */
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

export function ScriptList({ id }: { id: SourceEntry['source']['id'] }) {
  const { value: scripts, failed, reload } = useAnswer(`scripts ${id}`, (call) => call.sources.scripts({ id }))
  if (failed !== null) return <LoadFailure what="The scripts" error={failed} again={reload} />
  return (
    <div className={styles.scripts}>
      <p>
        Patchbay never runs these. Read them, then run install.sql in SQL Server Management Studio as a database owner,
        in the ConnectWise database and at a quiet time.
      </p>
      {scripts?.map((script) => (
        <section key={script.name} aria-label={script.name}>
          <header>
            <strong>{script.name}</strong>
            <CopyButton text={script.text} what={script.name} />
            <SaveFileButton fileName={script.name} text={script.text} />
          </header>
          <p>{script.purpose}</p>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard */}
          <pre tabIndex={0}>{script.text}</pre>
        </section>
      ))}
    </div>
  )
}

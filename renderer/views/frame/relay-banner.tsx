import { Button, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import { Icon } from '#renderer/parts/icon.tsx'
import { RelayLog } from '#renderer/parts/relay-log.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { relayNote } from '#renderer/state/relay-note.ts'
import { useShellState } from '#renderer/state/shell-state.ts'
import { useAction } from '#renderer/state/use-action.ts'
import styles from './link-banner.module.css'

/** In the desktop app: what has become of the relay's process, when it is not at work. */
export function RelayBanner({ otherwise }: { otherwise: ReactNode }) {
  const state = useShellState()
  const underWay = useConsole(({ relay }) => relay.health?.queue.leased ?? 0)
  const [run, busy] = useAction()
  const note = state === null ? null : relayNote(state.relay, underWay)
  if (note === null) return otherwise
  const restart = () => run('The relay could not be started.', async () => findShell()?.restartRelay())
  return (
    <div className={styles.banner} role="alert" data-tone={note.tone}>
      {note.isBusy ? <Loader size={14} color="currentColor" /> : <Icon name="failures" size={14} />}
      <span className={styles.sentence}>{note.sentence}</span>
      {note.hasLog && <RelayLog />}
      {note.restart !== null && (
        <Button size="compact-xs" variant="default" loading={busy} onClick={() => void restart()}>
          {note.restart}
        </Button>
      )}
    </div>
  )
}

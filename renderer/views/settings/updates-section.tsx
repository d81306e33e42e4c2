import { Button, Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useShellState } from '#renderer/state/shell-state.ts'
import type { UpdateWord } from '#shared/contract/shell.ts'
import type { UpdateState } from '#shared/domain/update.ts'
import styles from './section.module.css'

/** Whether there is a newer Patchbay, and each step to it by a person's word. */
export function UpdatesSection() {
  const shell = useShellState()
  if (shell === null) return null
  const { update } = shell
  return (
    <Section
      title="Updates"
      lead="Patchbay looks once a day. It downloads nothing and installs nothing until you say so."
    >
      <Panel tone={update !== null && 'problem' in update && update.problem !== null ? 'bad' : 'quiet'}>
        {update === null ? (
          <p className={styles.text}>
            This Patchbay knows no feed of updates. Install a newer version over it by hand.
          </p>
        ) : (
          <Step update={update} />
        )}
      </Panel>
    </Section>
  )
}

function Step({ update }: { update: UpdateState }) {
  switch (update.phase) {
    case 'idle':
      return (
        <Told problem={update.problem} action={<Say word="check">Look for updates</Say>}>
          {update.checkedAt === null ? (
            'Not looked yet since the start.'
          ) : (
            <>
              This is the newest version, as of <Time at={update.checkedAt} />.
            </>
          )}
        </Told>
      )
    case 'checking':
      return <Told problem={null}>Looking for a newer version…</Told>
    case 'available':
      return (
        <Told problem={update.problem} notes={update.notes} action={<Say word="download">Download it</Say>}>
          Patchbay {update.version} is there. Patchbay goes on working while it is downloaded.
        </Told>
      )
    case 'downloading':
      return (
        <Told problem={null}>
          Downloading Patchbay {update.version}…
          <Progress value={update.part * 100} aria-label="Downloaded" mt={8} />
        </Told>
      )
    case 'ready':
      return (
        <Told problem={update.problem} notes={update.notes} action={<Say word="install">Install it now</Say>}>
          Patchbay {update.version} is downloaded and checked. To install it, Patchbay finishes what is under way, makes
          a backup, and starts again as the new version: a minute or two in which senders are not answered and try
          again. Should the new version not work here, the database of today comes back, unless events came in or went
          out since: then it stays as it is, so that none of them is lost or sent twice.
        </Told>
      )
    case 'draining':
      return <Told problem={null}>Finishing what is under way…</Told>
    case 'backing-up':
      return <Told problem={null}>Making a backup and checking it…</Told>
    case 'installing':
      return <Told problem={null}>Starting the installer of Patchbay {update.version}…</Told>
  }
}

interface ToldProps {
  readonly problem: string | null
  readonly notes?: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Told({ action, children, notes = '', problem }: ToldProps) {
  return (
    <div className={styles.stack}>
      {problem !== null && <p className={styles.strong}>{problem}</p>}
      <div className={styles.text}>{children}</div>
      {notes !== '' && <p className={styles.soft}>{notes}</p>}
      {action !== undefined && <div>{action}</div>}
    </div>
  )
}

function Say({ children, word }: { readonly word: UpdateWord; readonly children: string }) {
  return <Button onClick={() => void findShell()?.update(word)}>{children}</Button>
}

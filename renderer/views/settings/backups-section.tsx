import { Button } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { splitPath } from '#renderer/state/storage-words.ts'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { Waiting } from '../frame/waiting.tsx'
import { BackupKey } from './backup-key.tsx'
import { BackupTable } from './backup-table.tsx'
import { RestoreOrdered } from './restore-ordered.tsx'
import { UpkeepLine } from './upkeep-line.tsx'
import styles from './section.module.css'

/** Backups: which there are, one more now, and bringing one back. */
export function BackupsSection() {
  const report = useAnswer('storage', (call) => call.storage.get())
  const [run, busy] = useAction()
  const isSandbox = useConsole((state) => state.relay.health?.workspace === 'sandbox')
  const { failed, reload, value } = report
  if (value === null) {
    return failed === null ? <Waiting /> : <LoadFailure what="The backups" error={failed} again={reload} />
  }
  const makeOne = () =>
    run(
      'No backup was made.',
      (call) => call.storage.backup(),
      ({ bytes }) => `The backup is made and checked: ${showSize(bytes)}.`,
    ).then(reload)
  return (
    <Section
      title="Backups"
      lead={`${isSandbox ? 'In the sandbox, made when you ask for one' : 'Made every day while Patchbay runs'}, and checked before they count; the newest three are kept.`}
      actions={
        <Button size="xs" loading={busy} onClick={() => void makeOne()}>
          Make a backup now
        </Button>
      }
    >
      {typeof value.restoresNext === 'string' && (
        <RestoreOrdered file={value.restoresNext} backups={value.backups} onChanged={reload} />
      )}
      {value.lastRestore && (
        <Panel tone={value.lastRestore.ok ? 'good' : 'bad'}>
          <UpkeepLine result={value.lastRestore} none="" />
        </Panel>
      )}
      <Panel>
        <div className={styles.stack}>
          <UpkeepLine result={value.lastBackup} none="No backup was made so far." />
          {value.backups.length === 0 ? (
            <EmptyState icon="save" title="No backup yet">
              {isSandbox ? 'Make one' : 'The first one is made within a few minutes of work; or make one right now'}{' '}
              with the button above.
            </EmptyState>
          ) : (
            <BackupTable backups={value.backups} ordered={value.restoresNext ?? null} onChanged={reload} />
          )}
        </div>
      </Panel>
      <p className={styles.soft}>
        They stand in the folder “backups” in {splitPath(value.databaseFile).folder}. Copy them to another machine now
        and then. <BackupKey />
      </p>
    </Section>
  )
}

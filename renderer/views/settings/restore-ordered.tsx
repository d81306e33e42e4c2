import { Button } from '@mantine/core'
import { Panel } from '#renderer/parts/panel.tsx'
import { showTime } from '#renderer/parts/time-format.ts'
import { splitPath } from '#renderer/state/storage-words.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { BackupFile } from '#shared/domain/storage.ts'
import styles from './section.module.css'

interface Props {
  readonly file: string
  readonly backups: readonly BackupFile[]
  readonly onChanged: () => void
}

/** A backup waits for the next start: what to do now, and the way back. */
export function RestoreOrdered({ file, backups, onChanged }: Props) {
  const [run, busy] = useAction()
  const backup = backups.find((one) => one.file === file)
  const which =
    backup === undefined
      ? splitPath(file).name
      : `the backup of ${showTime.day(backup.madeAt)}, ${showTime.minute(backup.madeAt)}`
  return (
    <Panel tone="wait" label="A restore is ordered">
      <div className={styles.stack}>
        <p className={styles.strong}>The next start brings back {which}.</p>
        <p className={styles.text}>
          End Patchbay and start it again when nobody minds a minute without it. What comes in until then is carried
          over as usual, but will not be in the database afterwards.
        </p>
        <div>
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={() =>
              void run(
                'The order could not be taken back.',
                (call) => call.storage.restore({ file: null }),
                () => 'The order is taken back. The database stays as it is.',
              ).then(onChanged)
            }
          >
            Take the order back
          </Button>
        </div>
      </div>
    </Panel>
  )
}

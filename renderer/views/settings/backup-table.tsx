import { Button, Group } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { showSize, showTime } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { splitPath } from '#renderer/state/storage-words.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { BackupFile } from '#shared/domain/storage.ts'
import styles from './section.module.css'

interface Props {
  readonly backups: readonly BackupFile[]
  /** The file that the next start brings back already. */
  readonly ordered: string | null
  readonly onChanged: () => void
}

/** The backups that there are, newest first; each can be brought back. */
export function BackupTable({ backups, ordered, onChanged }: Props) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Made</th>
          <th scope="col">Size</th>
          <th scope="col">File</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {backups.map((backup) => (
          <tr key={backup.file}>
            <th scope="row">
              {showTime.day(backup.madeAt)}, <Time at={backup.madeAt} />
            </th>
            <td>{showSize(backup.bytes)}</td>
            <td>
              <code>{splitPath(backup.file).name}</code>
            </td>
            <td>
              <Group gap={8} justify="flex-end" wrap="nowrap">
                <CopyButton text={backup.file} what="the path" />
                {backup.file === ordered ? (
                  <span className={styles.ordered}>at the next start</span>
                ) : (
                  <RestoreButton backup={backup} onChanged={onChanged} />
                )}
              </Group>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RestoreButton({ backup, onChanged }: { backup: BackupFile; onChanged: () => void }) {
  const [run, busy] = useAction()
  const made = `${showTime.day(backup.madeAt)}, ${showTime.minute(backup.madeAt)}`
  return (
    <Confirm
      title={`Bring back the backup of ${made}`}
      consequence={
        <ol className={styles.steps}>
          <li>
            Nothing changes yet. At its next start, Patchbay checks the backup and puts it in the place of the database.
          </li>
          <li>
            What came in or was changed after {made} is not in it: events, pairs, mappings, settings. Records in
            Salesforce and ConnectWise stay as they are.
          </li>
          <li>The database of today is kept beside it, under a name with “before-restore”.</li>
          <li>Until that start, the order can be taken back here.</li>
        </ol>
      }
      confirm={{ label: 'Bring it back at the next start', color: 'red' }}
      onConfirm={() =>
        run('The backup could not be ordered back.', (call) => call.storage.restore({ file: backup.file })).then(
          onChanged,
        )
      }
      trigger={(open) => (
        <Button size="compact-xs" variant="default" loading={busy} onClick={open}>
          Bring back…
        </Button>
      )}
    />
  )
}

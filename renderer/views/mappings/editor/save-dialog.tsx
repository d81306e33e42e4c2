import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { severityWording } from '#renderer/state/mappings/mapping-words.ts'
import type { Backtest } from '#renderer/state/mappings/use-backtest.ts'
import { count } from '#renderer/state/wording.ts'
import type { MappingWarning } from '#shared/domain/mapping-draft.ts'
import { BacktestView } from '../trial/backtest-view.tsx'
import styles from './save-dialog.module.css'

interface Props {
  readonly opened: boolean
  readonly nextVersion: number
  readonly backtest: Backtest
  readonly warnings: readonly MappingWarning[]
  /** Rows that still lack a field. */
  readonly incomplete: number
  readonly busy: boolean
  readonly onClose: () => void
  readonly onSave: (note: string) => void
}

/** Says what a change does to the latest events before it is stored, and asks why it is made. */
export function SaveDialog({ opened, nextVersion, backtest, warnings, incomplete, busy, onClose, onSave }: Props) {
  const [note, setNote] = useState('')
  const [isSkipped, setSkipped] = useState(false)
  const { result, running, failed, run, stop } = backtest
  useEffect(() => {
    if (!opened) return
    setSkipped(false)
    if (result === null && !running) run()
    // Only when it opens: whoever skips the comparison does not get it again.
    // oxlint-disable-next-line react/exhaustive-deps -- as said above
  }, [opened])
  const isTried = result !== null || isSkipped || failed !== null
  const errors = warnings.filter(({ severity }) => severity === 'error')
  return (
    <Modal opened={opened} onClose={onClose} title={`Save as version ${nextVersion}`} size="xl" centered>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isTried && incomplete === 0 && note.trim() !== '') onSave(note.trim())
        }}
      >
        {isSkipped ? (
          <p className={styles.soft}>
            The backtest was skipped: nobody knows what this changes.{' '}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                setSkipped(false)
                run()
              }}
            >
              Run it
            </Button>
          </p>
        ) : (
          <BacktestView backtest={backtest} />
        )}
        {running && (
          <div>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                stop()
                setSkipped(true)
              }}
            >
              Skip the backtest
            </Button>
          </div>
        )}
        {errors.length > 0 && (
          <p className={styles.errors} data-tone={severityWording.error.tone}>
            {count(errors.length, 'error')} in the rows: {errors[0]?.sentence}
          </p>
        )}
        {incomplete > 0 && (
          <p className={styles.errors} data-tone="bad">
            {count(incomplete, 'row')} without both fields: choose them, or remove the row.
          </p>
        )}
        <TextInput
          data-autofocus
          required
          label="What you changed, and why"
          placeholder="On Hold is a new status since Monday"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className={styles.soft}>
          From the next delivery on, this version is used. Records that were written before stay as they are until they
          change or are replayed.
        </p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!isTried || incomplete > 0 || note.trim() === ''}>
            Save version {nextVersion}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

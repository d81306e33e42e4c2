import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { storageSettings, type StorageReport, type StorageSettings } from '#shared/domain/storage.ts'
import styles from './section.module.css'

const megabyte = 1024 ** 2

/** How long and how much is kept. What would take something away is asked for once more. */
export function KeepForm({ report, onSaved }: { report: StorageReport; onSaved: () => void }) {
  const { settings, usedBytes } = report
  const [days, setDays] = useState<number | string>(settings.retentionDays)
  const [megabytes, setMegabytes] = useState<number | string>(Math.round(settings.maxBytes / megabyte))
  const [run, busy] = useAction()
  const wanted = storageSettings.safeParse({
    retentionDays: days,
    maxBytes: typeof megabytes === 'number' ? megabytes * megabyte : megabytes,
  }).data
  const isNew =
    wanted !== undefined && (wanted.retentionDays !== settings.retentionDays || wanted.maxBytes !== settings.maxBytes)
  const save = (chosen: StorageSettings) =>
    run(
      'The settings could not be saved.',
      (call) => call.storage.save(chosen),
      () => 'The settings are saved.',
    ).then(onSaved)
  const losses = wanted === undefined ? [] : lossesOf(wanted, settings, usedBytes)
  return (
    <Panel>
      <div className={styles.fields}>
        <NumberInput
          label="Days after its end"
          description="An event with all that became of it."
          suffix=" days"
          min={7}
          max={36_500}
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
        <NumberInput
          label="At the most"
          description="Above it, the longest ended go early."
          suffix=" MB"
          thousandSeparator=","
          min={64}
          step={1_024}
          allowDecimal={false}
          value={megabytes}
          onChange={setMegabytes}
        />
        {losses.length === 0 || wanted === undefined ? (
          <Button disabled={!isNew} loading={busy} onClick={() => wanted !== undefined && void save(wanted)}>
            Save
          </Button>
        ) : (
          <Confirm
            title="Keep less than now"
            consequence={
              <ul className={styles.steps}>
                {losses.map((loss) => (
                  <li key={loss}>{loss}</li>
                ))}
                <li>This begins within minutes and can’t be taken back. A backup made before still has it.</li>
              </ul>
            }
            confirm={{ label: 'Keep less', color: 'red' }}
            onConfirm={() => save(wanted)}
            trigger={(open) => (
              <Button loading={busy} onClick={open}>
                Save…
              </Button>
            )}
          />
        )}
      </div>
    </Panel>
  )
}

/** What new settings would take away, in sentences. */
function lossesOf(wanted: StorageSettings, now: StorageSettings, usedBytes: number): string[] {
  const sooner = wanted.retentionDays < now.retentionDays
  return [
    ...(sooner
      ? [`What ended more than ${wanted.retentionDays} days ago is taken away, instead of ${now.retentionDays}.`]
      : []),
    ...(wanted.maxBytes < usedBytes
      ? [
          `The database holds ${showSize(usedBytes)}: the longest ended events are taken away until it holds ${showSize(wanted.maxBytes)}, but none of the last week.`,
        ]
      : []),
  ]
}

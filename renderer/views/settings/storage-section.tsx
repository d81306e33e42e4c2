import { Button } from '@mantine/core'
import type { HostClient } from '#renderer/client/host-client.ts'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { StorageReport } from '#shared/domain/storage.ts'
import { Waiting } from '../frame/waiting.tsx'
import { KeepForm } from './keep-form.tsx'
import { RoomPanel } from './room-panel.tsx'
import { UpkeepLine } from './upkeep-line.tsx'
import styles from './section.module.css'

/** How often the figures are asked for anew (ms). */
const lookEveryMs = 10_000

async function askWithTime(call: HostClient['call']) {
  return { ...(await call.storage.get()), askedAt: Date.now() }
}

/** The database: how large it is and will be, how long what is kept, and whether it is whole. */
export function StorageSection() {
  const report = useAnswer('storage room', askWithTime, lookEveryMs)
  if (report.value === null) {
    return report.failed === null ? (
      <Waiting />
    ) : (
      <LoadFailure what="The storage page" error={report.failed} again={report.reload} />
    )
  }
  return (
    <>
      {report.value.state !== 'ok' && <Trouble report={report.value} />}
      <Section title="Room" lead="What the database takes on the disk.">
        <RoomPanel report={report.value} now={report.value.askedAt} />
      </Section>
      <Section title="How long it is kept" lead="What has not ended is kept whatever stands here.">
        <KeepForm key={JSON.stringify(report.value.settings)} report={report.value} onSaved={report.reload} />
      </Section>
      <Section title="Is it whole?" lead="All of it is looked through once a week, and after a crash.">
        <Check report={report.value} onChecked={report.reload} />
      </Section>
    </>
  )
}

function Trouble({ report }: { report: StorageReport }) {
  return (
    <Panel tone={report.state === 'down' ? 'bad' : 'wait'}>
      <p className={styles.strong}>{report.reason ?? 'The storage does not work as it should.'}</p>
      {report.nextStep !== null && <p className={styles.soft}>{report.nextStep}</p>}
    </Panel>
  )
}

function Check({ report, onChecked }: { report: StorageReport; onChecked: () => void }) {
  const [run, busy] = useAction()
  return (
    <Panel>
      <div className={styles.stack}>
        <UpkeepLine result={report.lastCheck} none="It has not been looked through yet." />
        <KeyValues
          rows={[
            ['File', report.databaseFile],
            ...(report.reserveBytes === 0
              ? []
              : [['Kept aside', `${showSize(report.reserveBytes)} for the moment when the disk is full`] as const]),
          ]}
        />
        <div>
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={() =>
              void run(
                'The database could not be looked through.',
                (call) => call.storage.check(),
                ({ sentence }) => sentence,
              ).then(onChecked)
            }
          >
            Look through it now
          </Button>
        </div>
      </div>
    </Panel>
  )
}

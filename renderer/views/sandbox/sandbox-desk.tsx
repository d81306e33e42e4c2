import { SegmentedControl } from '@mantine/core'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { addressOf, type Place } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useVisible } from '#renderer/state/use-visible.ts'
import { systemName } from '#shared/domain/record.ts'
import { Waiting } from '../frame/waiting.tsx'
import { FaultTable } from './fault-table.tsx'
import { LeaveSandbox } from './leave-sandbox.tsx'
import { RecordColumn } from './record-column.tsx'
import { kindPairOf, kindPairs } from './sandbox-choices.ts'
import { TrafficPanel } from './traffic-panel.tsx'
import styles from './sandbox-desk.module.css'

/** How often the simulated systems are looked at while they can be seen (ms). */
const lookEveryMs = 1_000
/** Records of each side that are looked at. */
const records = 30

/** Traffic and faults at the left; at the right what each side holds, the newest change first. */
export function SandboxDesk({ place }: { place: Place }) {
  const pair = kindPairOf(place.path[0])
  const isVisible = useVisible()
  const entities = [pair.sides.salesforce.entity, pair.sides.connectwise.entity]
  const { value, failed, reload } = useAnswer(
    `sandbox ${pair.name}`,
    (call) => call.sandbox.state({ entities, records }),
    isVisible ? lookEveryMs : undefined,
  )
  return (
    <Page
      title="Sandbox"
      lead="Simulated systems with made-up records. Let people work, break something, and watch what Patchbay does."
      width="fill"
      actions={<LeaveSandbox label="Leave the sandbox" size="compact-sm" />}
    >
      {value === null && failed === null && <Waiting />}
      {value === null && failed !== null && <LoadFailure what="The simulated systems" error={failed} again={reload} />}
      {value !== null && (
        <div className={styles.desk}>
          <div className={styles.controls}>
            <TrafficPanel />
            <FaultTable systems={value.systems} onChanged={reload} />
          </div>
          <section className={styles.records} aria-label="What each side holds">
            <header className={styles.head}>
              <h2>What each side holds</h2>
              <span className={styles.soft}>newest change first</span>
              <SegmentedControl
                size="xs"
                aria-label="Which records"
                data={kindPairs.map(({ name, label }) => ({ value: name, label }))}
                value={pair.name}
                onChange={(name) => goTo(addressOf('sandbox', [name]), true)}
              />
            </header>
            <div className={styles.columns}>
              {systemName.options.map((system) => (
                <RecordColumn
                  key={`${pair.name} ${system}`}
                  system={system}
                  kind={pair.sides[system]}
                  state={value.systems.find((one) => one.system === system)}
                  onChanged={reload}
                />
              ))}
            </div>
          </section>
        </div>
      )}
    </Page>
  )
}

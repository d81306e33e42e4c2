import { Button, Switch } from '@mantine/core'
import { Panel } from '#renderer/parts/panel.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { systemName, systemTitle } from '#shared/domain/record.ts'
import type { FaultKind, SimulatedSystem } from '#shared/domain/sandbox.ts'
import styles from './fault-table.module.css'

interface Props {
  readonly systems: readonly SimulatedSystem[]
  readonly onChanged: () => void
}

/** Ways to break the simulated systems: what each is called, what it does, and a switch for either side. */
export function FaultTable({ systems, onChanged }: Props) {
  const change = useConsole((state) => state.sandbox.fault)
  const faults = systems[0]?.faults ?? []
  const isOn = (system: string, kind: FaultKind) =>
    systems.find((one) => one.system === system)?.faults.find((fault) => fault.kind === kind)?.isOn ?? false
  const broken = systems.filter((one) => one.faults.some((fault) => fault.isOn))

  async function heal() {
    await Promise.all(broken.map(({ system }) => change(system, null)))
    onChanged()
  }

  return (
    <Panel label="Faults">
      <div className={styles.row} data-head>
        <div className={styles.title}>
          <h2>Break something</h2>
          {broken.length > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => void heal()}>
              Heal everything
            </Button>
          )}
        </div>
        {systemName.options.map((system) => (
          <SystemName key={system} system={system} short />
        ))}
      </div>
      {faults.map(({ kind, name, sentence }) => (
        <div key={kind} className={styles.row}>
          <div>
            <p className={styles.name}>{name}</p>
            <p className={styles.sentence}>{sentence}</p>
          </div>
          {systemName.options.map((system) => (
            <Switch
              key={system}
              size="xs"
              color="red"
              aria-label={`${systemTitle[system]}: ${name}`}
              checked={isOn(system, kind)}
              onChange={(event) => void change(system, kind, event.currentTarget.checked).then(onChanged)}
            />
          ))}
        </div>
      ))}
    </Panel>
  )
}

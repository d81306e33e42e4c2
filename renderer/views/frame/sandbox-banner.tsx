import { Button, Menu, Popover, Slider, Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { faultChoices, faultNow, trafficNow } from '#renderer/state/sandbox-slice.ts'
import type { SandboxInfo } from '#shared/domain/health.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { recordLinks, trafficMarks } from './sandbox-choices.ts'
import styles from './sandbox-banner.module.css'

/** Marks the sandbox so that nobody takes it for the real thing, and holds its controls. */
export function SandboxBanner() {
  const health = useConsole((state) => state.relay.health)
  const leave = useConsole((state) => state.sandbox.leave)
  const switching = useConsole((state) => state.sandbox.switching)
  if (health?.workspace !== 'sandbox') return null
  return (
    <aside className={styles.banner} aria-label="Sandbox">
      <strong className={styles.name}>
        <Icon name="box" size={16} /> SANDBOX
      </strong>
      <span className={styles.text}>Simulated systems. Nothing here reaches your real ones.</span>
      {health.sandbox && <Controls info={health.sandbox} />}
      <Button
        className={styles.button ?? ''}
        size="compact-xs"
        variant="default"
        loading={switching}
        onClick={() => void leave()}
      >
        Leave
      </Button>
    </aside>
  )
}

function Controls({ info }: { info: SandboxInfo }) {
  return (
    <div className={styles.controls}>
      <Traffic info={info} />
      <Faults info={info} />
      <Records info={info} />
    </div>
  )
}

/** Speeds differ by powers, so the slider goes by marks. */
function Traffic({ info }: { info: SandboxInfo }) {
  const now = useConsole((state) => trafficNow(info, state.sandbox))
  const change = useConsole((state) => state.sandbox.traffic)
  const markNow =
    now === null
      ? 0
      : Math.max(
          0,
          trafficMarks.findLastIndex((perMinute) => perMinute <= now),
        )
  const [mark, setMark] = useState(markNow)
  useEffect(() => setMark(markNow), [markNow])
  const perMinute = trafficMarks[mark] ?? 0
  return (
    <div className={styles.traffic}>
      <span>Traffic</span>
      <Slider
        className={styles.slider ?? ''}
        size="sm"
        color="var(--sandbox-ink)"
        thumbLabel="Simulated changes a minute"
        thumbValueText={() => `${perMinute} a minute`}
        label={null}
        min={0}
        max={trafficMarks.length - 1}
        value={mark}
        onChange={setMark}
        onChangeEnd={(chosen) => void change(trafficMarks[chosen] ?? 0)}
      />
      <span className={styles.speed}>{speedWords(now, mark, markNow, perMinute)}</span>
    </div>
  )
}

function speedWords(now: number | null, mark: number, markNow: number, perMinute: number): string {
  if (now === null && mark === markNow) return 'not set'
  return perMinute === 0 ? 'off' : `${perMinute.toLocaleString('en')}/min`
}

function Faults({ info }: { info: SandboxInfo }) {
  const sandbox = useConsole((state) => state.sandbox)
  const broken = (['salesforce', 'connectwise'] as const).filter((system) => faultNow(info, sandbox, system) !== null)
  return (
    <Popover position="bottom-end" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <Button
          className={styles.button ?? ''}
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="bolt" size={12} />}
        >
          {broken.length === 0
            ? 'Break something'
            : `Broken: ${broken.map((system) => systemTitle[system]).join(', ')}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.faults}>
        <SystemFaults system="salesforce" info={info} />
        <SystemFaults system="connectwise" info={info} />
      </Popover.Dropdown>
    </Popover>
  )
}

function SystemFaults({ system, info }: { system: SystemName; info: SandboxInfo }) {
  const now = useConsole((state) => faultNow(info, state.sandbox, system))
  const change = useConsole((state) => state.sandbox.fault)
  return (
    <fieldset className={styles.system}>
      <legend>{systemTitle[system]}</legend>
      {faultChoices.map(({ fault, label }) => (
        <Switch
          key={fault}
          size="xs"
          label={label}
          checked={now === fault}
          onChange={(event) => void change(system, event.currentTarget.checked ? fault : null)}
        />
      ))}
    </fieldset>
  )
}

function Records({ info }: { info: SandboxInfo }) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          className={styles.button ?? ''}
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="inbox" size={12} />}
        >
          What each side holds
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {recordLinks(info).map(({ system, links }) => [
          <Menu.Label key={system}>{systemTitle[system]}</Menu.Label>,
          ...links.map(({ label, url }) => (
            <Menu.Item
              key={url}
              component="a"
              href={url}
              target="_blank"
              rel="noreferrer"
              rightSection={<Icon name="away" size={12} />}
            >
              {label}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  )
}

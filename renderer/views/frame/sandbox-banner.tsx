import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { faultNow, trafficNow } from '#renderer/state/sandbox-slice.ts'
import { LeaveSandbox } from '#renderer/views/sandbox/leave-sandbox.tsx'
import { markOf, trafficMarks } from '#renderer/views/sandbox/sandbox-choices.ts'
import { speedWords, TrafficSlider } from '#renderer/views/sandbox/traffic-slider.tsx'
import type { SandboxInfo } from '#shared/domain/health.ts'
import { systemName, systemTitle } from '#shared/domain/record.ts'
import styles from './sandbox-banner.module.css'

/** Marks the sandbox on every screen, so that nobody takes it for the real thing, and holds what is wanted everywhere. */
export function SandboxBanner() {
  const health = useConsole((state) => state.relay.health)
  const isOn = health?.workspace === 'sandbox'
  if (!isOn) return null
  return (
    <aside className={styles.banner} aria-label="Sandbox">
      <strong className={styles.name}>
        <Icon name="box" size={16} /> SANDBOX
      </strong>
      <span className={styles.text}>Simulated systems. Nothing here reaches your real ones.</span>
      {health.sandbox && <Broken info={health.sandbox} />}
      {health.sandbox && <Traffic info={health.sandbox} />}
      <Button
        className={styles.button ?? ''}
        component="a"
        href={addressOf('sandbox')}
        size="compact-xs"
        variant="default"
        leftSection={<Icon name="bolt" size={12} />}
      >
        Break or change something
      </Button>
      <LeaveSandbox className={styles.button} label="Leave" size="compact-xs" />
    </aside>
  )
}

function Broken({ info }: { info: SandboxInfo }) {
  const sandbox = useConsole((state) => state.sandbox)
  const broken = systemName.options.filter((system) => faultNow(info, sandbox, system) !== null)
  if (broken.length === 0) return null
  return (
    <a className={styles.broken} href={addressOf('sandbox')} data-tone="bad">
      <Icon name="bad" size={12} /> Broken: {broken.map((system) => systemTitle[system]).join(', ')}
    </a>
  )
}

function Traffic({ info }: { info: SandboxInfo }) {
  const now = useConsole((state) => trafficNow(info, state.sandbox))
  const markNow = markOf(now)
  const [mark, setMark] = useState(markNow)
  useEffect(() => setMark(markNow), [markNow])
  const isUnknown = now === null && mark === markNow
  return (
    <div className={styles.traffic}>
      <span>Traffic</span>
      <TrafficSlider className={styles.slider} now={now} color="var(--sandbox-ink)" onMark={setMark} />
      <span className={styles.speed}>{isUnknown ? 'not set' : speedWords(trafficMarks[mark]?.perMinute ?? 0)}</span>
    </div>
  )
}

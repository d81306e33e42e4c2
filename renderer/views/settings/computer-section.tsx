import { Button, Group, Switch, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { RelayLog } from '#renderer/parts/relay-log.tsx'
import { useShellState } from '#renderer/state/shell-state.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { ComputerSettings, ComputerSettingsChange } from '#shared/contract/shell.ts'
import { ServiceGuide } from './service-guide.tsx'
import styles from './section.module.css'

/** What somebody gets who switches quiet hours on. */
const usualQuiet = { from: '20:00', until: '07:00' }

/** What the desktop app does on this computer, for whoever uses it; nothing of it touches how the relay works. */
export function ComputerSection() {
  const [settings, setSettings] = useState<ComputerSettings | null>(null)
  const [run, busy] = useAction()
  useEffect(() => {
    void run('The settings of this computer could not be read.', async () => {
      setSettings((await findShell()?.settings()) ?? null)
    })
  }, [run])
  const change = (part: ComputerSettingsChange) =>
    void run('The settings of this computer could not be saved.', async () => {
      setSettings((await findShell()?.saveSettings(part)) ?? null)
    })
  if (settings === null) return null
  const { quietHours, startsAtLogin, toasts } = settings
  return (
    <>
      <Section title="Start" lead="Patchbay can only carry over what comes in while it runs.">
        <Panel>
          <Switch
            label="Start when I sign in, without a window"
            description="Its icon is beside the clock. Closing the window leaves it at work."
            checked={startsAtLogin}
            disabled={busy}
            onChange={(event) => change({ startsAtLogin: event.currentTarget.checked })}
          />
        </Panel>
      </Section>
      <Section
        title="Notices"
        lead="One for each issue, not for each event, and only while the window is not in front."
      >
        <Panel>
          <div className={styles.stack}>
            <Switch
              label="Tell me when something needs a person"
              checked={toasts}
              disabled={busy}
              onChange={(event) => change({ toasts: event.currentTarget.checked })}
            />
            <Switch
              label="Quiet hours"
              description="What is still open afterwards is told then."
              checked={quietHours !== null}
              disabled={busy || !toasts}
              onChange={(event) => change({ quietHours: event.currentTarget.checked ? usualQuiet : null })}
            />
            {quietHours !== null && (
              <div className={styles.fields}>
                <QuietTime
                  label="From"
                  value={quietHours.from}
                  onChange={(from) => change({ quietHours: { ...quietHours, from } })}
                />
                <QuietTime
                  label="Until"
                  value={quietHours.until}
                  onChange={(until) => change({ quietHours: { ...quietHours, until } })}
                />
              </div>
            )}
          </div>
        </Panel>
      </Section>
      <RelayProcess />
      <ServiceGuide />
    </>
  )
}

/** A time of day; an input that is being emptied is no order. */
function QuietTime({ label, onChange, value }: { label: string; value: string; onChange: (time: string) => void }) {
  return (
    <TextInput
      type="time"
      size="xs"
      label={label}
      value={value}
      onChange={({ currentTarget }) => {
        if (currentTarget.value !== '') onChange(currentTarget.value)
      }}
    />
  )
}

function RelayProcess() {
  const state = useShellState()
  const [run, busy] = useAction()
  if (state === null) return null
  const isOurs = state.relay.phase !== 'attached'
  const restart = () => run('The relay could not be started again.', async () => findShell()?.restartRelay())
  return (
    <Section
      title="The relay’s process"
      lead="It works in a process of its own, and is started again by itself should it end."
    >
      <Panel>
        <Group gap={10}>
          <p className={styles.text}>
            {isOurs
              ? 'It runs in this app.'
              : 'It runs in another Patchbay on this computer; this window shows that one.'}
          </p>
          {isOurs && (
            <>
              <RelayLog />
              <Button size="compact-xs" variant="default" loading={busy} onClick={() => void restart()}>
                Start it again
              </Button>
            </>
          )}
        </Group>
      </Panel>
    </Section>
  )
}

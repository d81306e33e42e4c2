import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { ThemeSwitch } from '#renderer/parts/theme-switch.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './section.module.css'

/** How far back the example lies (ms): long enough to have an age worth telling. */
const exampleMs = 25 * 60_000

/** How this browser or window shows things; nothing of it touches the relay. */
export function DisplaySection() {
  const { choose, style, zone } = useConsole((state) => state.time)
  const startedAt = useConsole((state) => state.relay.health?.startedAt)
  const [example] = useState(() => Date.now() - exampleMs)
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <Section title="Time" lead="Pointing at a time always shows its date, and the same instant in UTC.">
        <Panel>
          <div className={styles.stack}>
            <Radio.Group
              label="Times are written"
              value={style}
              onChange={(value) => choose({ style: value === 'relative' ? 'relative' : 'absolute' })}
            >
              <Stack gap={8} mt={6}>
                <Radio value="absolute" label="By the clock, such as 14:03:22" />
                <Radio value="relative" label="By their age, such as 5 min ago" />
              </Stack>
            </Radio.Group>
            <Radio.Group
              label="The clock stands"
              value={zone}
              onChange={(value) => choose({ zone: value === 'utc' ? 'utc' : 'local' })}
            >
              <Stack gap={8} mt={6}>
                <Radio value="local" label={`Where this screen is: ${own}`} />
                <Radio value="utc" label="In UTC, as in most logs of servers" />
              </Stack>
            </Radio.Group>
            <p className={styles.soft} role="status">
              So, 25 minutes ago is written <Time at={example} />
              {startedAt !== undefined && (
                <>
                  , and the start of the relay <Time at={startedAt} />
                </>
              )}
              .
            </p>
          </div>
        </Panel>
      </Section>
      <Section title="Theme" lead="Light, dark, or as the system has it; the same switch stands at the top right.">
        <Panel>
          <ThemeSwitch labelled />
        </Panel>
      </Section>
    </>
  )
}

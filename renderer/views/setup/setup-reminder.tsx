import { Button } from '@mantine/core'
import { Panel } from '#renderer/parts/panel.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { isSetUp, nextStep } from '#renderer/state/setup-progress.ts'
import { useSetup } from './use-setup.ts'
import styles from './setup-reminder.module.css'

/** Says that the set-up was left before its end, and leads back to it; nothing when there is nothing left to do. */
export function SetupReminder() {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const loaded = useConsole((state) => state.connections.loaded)
  return loaded && (workspace === 'live' || workspace === 'unconfigured') ? <Reminder /> : null
}

function Reminder() {
  const { steps } = useSetup()
  const next = nextStep(steps)
  if (next === null || isSetUp(steps)) return null
  const done = steps.filter(({ state }) => state === 'done').length
  return (
    <Panel tone={next.state === 'trouble' ? 'bad' : 'busy'} label="Set-up">
      <div className={styles.row}>
        <span className={styles.words}>
          <strong>
            {done === 0
              ? 'Nothing is set up yet'
              : `The set-up is not finished: ${done} of ${steps.length} steps are done`}
          </strong>
          <span>
            Next: {next.title}. {next.note}.
          </span>
        </span>
        <Button size="compact-sm" component="a" href={addressOf('setup', [next.name])}>
          {done === 0 ? 'Begin' : 'Go on'}
        </Button>
      </div>
    </Panel>
  )
}

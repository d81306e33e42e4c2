import { Progress } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import type { FormValues } from '../form-fields.ts'
import styles from './limits-now.module.css'

/** How the API calls of a connection are used now, and how the shares that are being entered divide them. */
export function LimitsNow({
  id,
  isSalesforce,
  values,
}: {
  readonly id: string
  readonly isSalesforce: boolean
  readonly values: FormValues
}) {
  const budget = useConsole((state) => state.relay.health?.connections.find((one) => one.id === id)?.budget ?? null)
  const people = numberOf(values['reserveForPeople'])
  const live = numberOf(values['reserveForLive'])
  if (budget === null) {
    return (
      <div className={styles.box}>
        <strong>No limit is known yet</strong>
        <p>
          {isSalesforce
            ? 'Salesforce says its limit with each answer. It shows here once a test has passed.'
            : 'ConnectWise sets no daily limit. Enter one if you want Patchbay to keep to it; else there is none to share out.'}
        </p>
      </div>
    )
  }
  const { used, limit, countedBy } = budget
  const share = (percent: number) => Math.round((limit * percent) / 100).toLocaleString('en')
  return (
    <div className={styles.box}>
      <strong>
        {used.toLocaleString('en')} of {limit.toLocaleString('en')} API calls used in 24 hours
      </strong>
      <Progress size="md" color="teal" value={limit === 0 ? 100 : (100 * used) / limit} aria-label="API calls used" />
      <p>
        {countedBy === 'system'
          ? 'Counted by the system: all its users and programs together.'
          : 'Counted by Patchbay: its own calls alone.'}
      </p>
      <ul>
        <li>{share(people)} calls stay for people and other programs.</li>
        <li>{share(live)} more stay for live events: replays wait before they touch them.</li>
        <li>At that mark Patchbay waits by itself, in order, until calls come back.</li>
      </ul>
    </div>
  )
}

function numberOf(value: FormValues[string]): number {
  return typeof value === 'number' ? value : 0
}

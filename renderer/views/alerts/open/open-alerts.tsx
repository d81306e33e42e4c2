import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { severities, severityWording } from '#renderer/state/alerts/alert-words.ts'
import { useOpenAlerts } from '#renderer/state/alerts/use-alerts.ts'
import { addressOf } from '#renderer/state/place.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { AlertCard } from './alert-card.tsx'
import styles from './open-alerts.module.css'

/** Alerts that are not over, by how grave they are. */
export function OpenAlerts() {
  const { failed, reload, value } = useOpenAlerts()
  if (value === null) {
    return failed === null ? <Waiting /> : <LoadFailure what="The alerts" error={failed} again={reload} />
  }
  if (value.length === 0) {
    return (
      <EmptyState icon="bell" title="No alert is open">
        When a <a href={ruleAddress()}>rule</a> finds something wrong, it is listed here with what to do, until it is
        over. What wants a person besides is on the <a href={addressOf('overview')}>overview</a>.
      </EmptyState>
    )
  }
  return severities.map((severity) => {
    const alerts = value.filter((one) => one.severity === severity)
    if (alerts.length === 0) return null
    const { label, meaning } = severityWording[severity]
    return (
      <Section key={severity} title={label} lead={meaning}>
        <ul className={styles.list} aria-label={`${label} alerts`}>
          {alerts.map((alert) => (
            <li key={alert.id}>
              <AlertCard alert={alert} onChanged={reload} />
            </li>
          ))}
        </ul>
      </Section>
    )
  })
}

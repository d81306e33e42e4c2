import { Section } from '#renderer/parts/page.tsx'
import { chartSpan } from '#renderer/state/alerts/chart-span.ts'
import { metricValue } from '#renderer/state/alerts/threshold.ts'
import { useMeasured } from '#renderer/state/alerts/use-measured.ts'
import { useRules } from '#renderer/state/alerts/use-alerts.ts'
import { useVisible } from '#renderer/state/use-visible.ts'
import { alertMetrics } from '#shared/domain/alert-metric.ts'
import type { AlertDetail } from '#shared/domain/alert.ts'
import { MeasuredChart } from '../measured-chart.tsx'
import styles from './alert-chart.module.css'

/** How often the chart is drawn anew (ms). */
const drawEveryMs = 30_000

/** What the rule measured around the time at which the alert was open, with its threshold. */
export function AlertChart({ alert }: { alert: AlertDetail }) {
  const { metric, openedAt, resolved, ruleId, subject, threshold, value } = alert
  // A removed rule leaves its window unknown; a short one shows most.
  const windowMinutes = useRules().value?.find((rule) => rule.id === ruleId)?.windowMinutes ?? 5
  const closedAt = resolved?.at ?? null
  const isVisible = useVisible()
  const { value: measured } = useMeasured(
    { metric, windowMinutes, kind: subject.kind, id: subject.id },
    (now) => chartSpan({ openedAt, closedAt, windowMinutes }, now),
    isVisible ? drawEveryMs : undefined,
  )
  if (measured === null || measured.points.every((point) => point.value === null)) return null
  const { title } = alertMetrics[metric]
  return (
    <Section
      title={title}
      lead={
        <>
          {value !== null && `Last measured: ${metricValue(metric, value)}. `}
          The coloured stretch is when the alert was open
          {alertMetrics[metric].unit === 'yes-or-no'
            ? '.'
            : `; the broken line is the threshold of ${metricValue(metric, threshold)}.`}
        </>
      }
    >
      <div className={styles.frame}>
        <MeasuredChart
          metric={metric}
          name={subject.name}
          measured={measured}
          threshold={threshold}
          bands={[{ from: openedAt, to: closedAt ?? measured.to }]}
          height={170}
        />
      </div>
    </Section>
  )
}

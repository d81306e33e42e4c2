import { useMemo } from 'react'
import { Chart, type ChartBand } from '#renderer/parts/chart.tsx'
import type { Measured } from '#renderer/state/alerts/use-measured.ts'
import { metricValue } from '#renderer/state/alerts/threshold.ts'
import { alertMetrics, type AlertMetric, type AlertUnit } from '#shared/domain/alert-metric.ts'

interface Props {
  readonly metric: AlertMetric
  /** Whose figures, in words. */
  readonly name: string
  readonly measured: Measured
  readonly threshold: number
  /** When it was or would have been an alert. */
  readonly bands: readonly ChartBand[]
  readonly height: number
}

/** Fewer points than this are marked one by one. */
const dottedBelow = 40

/** A metric as a rule measures it, with the bar it is measured against and the times at which that is an alert. */
export function MeasuredChart({ metric, name, measured: { points }, threshold, bands, height }: Props) {
  const { title, unit } = alertMetrics[metric]
  const values = points.map(({ value }) => value)
  const isSwitch = unit === 'yes-or-no'
  const highest = Math.max(...values.map((value) => value ?? 0), threshold)
  const top = isSwitch ? 1.1 : unit === 'percent' && highest <= 100 ? 102 : undefined
  const bars = useMemo(() => (isSwitch ? [] : [{ label: 'Threshold', value: threshold }]), [isSwitch, threshold])
  return (
    <Chart
      label={`${title} of ${name} over time${isSwitch ? '' : `, against ${metricValue(metric, threshold)}`}`}
      times={points.map(({ at }) => at)}
      height={height}
      write={(value) => (isTold(unit, value) ? metricValue(metric, value) : '')}
      lines={[{ label: title, colour: '--accent', filled: true, dots: points.length < dottedBelow, values }]}
      bands={bands}
      thresholds={bars}
      {...(top !== undefined && { top })}
    />
  )
}

/** Marks of the scale that say nothing are left empty: half a delivery, half a yes, more than all. */
function isTold(unit: AlertUnit, value: number): boolean {
  if (unit === 'percent') return value <= 100
  return (unit !== 'yes-or-no' && unit !== 'count') || Number.isInteger(value)
}

import { Chart, type ChartLine } from '#renderer/parts/chart.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { chartThresholds } from '#renderer/state/alerts/chart-thresholds.ts'
import { highestOf, latestOf, spans, withoutZeros, type SpanName } from '#renderer/state/metric-span.ts'
import { count } from '#renderer/state/wording.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { Flow } from './use-flows.ts'
import styles from './flow-charts.module.css'

interface Props {
  readonly flows: readonly Flow[]
  readonly span: SpanName
  /** Several below each other, as small ones that can be compared. */
  readonly isSmall: boolean
  /** Those on what is drawn set bars across it. */
  readonly rules: readonly AlertRule[]
}

/** For each flow, two charts side by side: how many changes, and how long they took. */
export function FlowCharts({ flows, span, isSmall, rules }: Props) {
  return (
    <div className={styles.charts}>
      <div className={styles.heads} aria-hidden>
        <Legend title={`Changes ${spans[span].rate.words}`} marks={['delivered', 'failed']} />
        <Legend title="How long they took" marks={['took', 'lag']} />
      </div>
      {flows.map((flow) => (
        <FlowRow key={flow.scope} flow={flow} span={span} isSmall={isSmall} rules={rules} />
      ))}
      {flows.length === 0 && <div className={styles.row} />}
    </div>
  )
}

const lines = {
  delivered: { label: 'Delivered', colour: '--accent', filled: true },
  failed: { label: 'Failed attempts', colour: '--removed-ink' },
  took: { label: '95 of 100 within', colour: '--accent', dots: true },
  lag: { label: 'Oldest still waiting', colour: '--line-waiting', filled: true },
} as const satisfies Record<string, Omit<ChartLine, 'values'>>

function Legend({ title, marks }: { title: string; marks: readonly (keyof typeof lines)[] }) {
  return (
    <p className={styles.legend}>
      <b>{title}</b>
      {marks.map((mark) => (
        <span key={mark}>
          <i style={{ background: `var(${lines[mark].colour})` }} /> {lines[mark].label}
        </span>
      ))}
    </p>
  )
}

function FlowRow({ flow, span, isSmall, rules }: { flow: Flow } & Omit<Props, 'flows'>) {
  const height = isSmall ? 76 : 150
  const { words, rate } = spans[span]
  const isQuiet = (highestOf(flow.delivered) ?? 0) === 0 && (highestOf(flow.failures) ?? 0) === 0
  const slowest = Math.max(highestOf(flow.took) ?? 0, highestOf(flow.lag) ?? 0)
  return (
    <div className={styles.row} role="group" aria-label={flow.name}>
      <div className={styles.cell}>
        <p className={styles.figures}>
          {isSmall && <b title={flow.name}>{flow.name}</b>}
          <span>{rateWords(flow)}</span>
        </p>
        <Chart
          label={`Changes ${rate.words} in ${words}, ${flow.name}: ${rateWords(flow)}`}
          times={flow.times}
          height={height}
          write={writeRate}
          lines={[
            { ...lines.delivered, values: flow.delivered },
            { ...lines.failed, values: withoutZeros(flow.failures) },
          ]}
        />
        {isQuiet && <p className={styles.nothing}>Nothing was carried over in {words}.</p>}
      </div>
      <div className={styles.cell}>
        <p className={styles.figures}>{timeWords(flow)}</p>
        <Chart
          label={`How long changes took in ${words}, ${flow.name}: ${timeWords(flow)}`}
          times={flow.times}
          height={height}
          write={writeTime}
          lines={[
            { ...lines.lag, values: flow.lag },
            { ...lines.took, values: flow.took },
          ]}
          thresholds={chartThresholds(rules, ['p95', 'lag'], flow.scope, slowest)}
        />
      </div>
    </div>
  )
}

function rateWords({ delivered, failed, mostDelivered }: Flow): string {
  const now = latestOf(delivered)
  if (now === null) return 'no figures yet'
  return `now ${writeRate(now)}${beforeWords(mostDelivered)}${failed === 0 ? '' : `, ${count(failed, 'attempt')} failed`}`
}

function beforeWords(most: number | null): string {
  if (most === null) return ''
  return most === 0 ? ', nothing before that' : `, before that at most ${writeRate(most)}`
}

function timeWords({ took, lag }: Flow): string {
  const [last, oldest] = [latestOf(took), latestOf(lag) ?? 0]
  const within = last === null ? 'nothing was delivered' : `95 of 100 within ${showDuration(last)}`
  return oldest < 1_000 ? `${within}, nothing waits` : `${within}, the oldest waits ${showDuration(oldest)}`
}

function writeRate(value: number): string {
  if (value > 0 && value < 0.1) return '< 0.1'
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })
}

function writeTime(ms: number): string {
  return ms === 0 ? '0' : showDuration(ms)
}

import { highestOf, ratesOf, spans, sumOf, wholeSteps, windowOf, type SpanName } from '#renderer/state/metric-span.ts'
import { useAnswer, type Answer } from '#renderer/state/use-answer.ts'
import { useVisible } from '#renderer/state/use-visible.ts'
import type { HostClient } from '#renderer/client/host-client.ts'
import type { MetricName } from '#shared/domain/metrics.ts'

/** How often charts are drawn anew (ms); figures are written down every ten seconds. */
const drawEveryMs = 10_000

export interface FlowSubject {
  readonly scope: string
  readonly name: string
}

type Values = readonly (number | null)[]

/** What went through a route, or through all. */
export interface Flow extends FlowSubject {
  readonly times: readonly number[]
  /** Written at the other side, as a rate. */
  readonly delivered: Values
  /** The highest of it in steps that are over; null: there was none yet. */
  readonly mostDelivered: number | null
  /** Failed attempts, as a rate of whole steps: one that has just failed is not told as several. */
  readonly failures: Values
  /** How many attempts failed. */
  readonly failed: number
  /** ms that 95 of 100 changes did not exceed from arrival to delivery. */
  readonly took: Values
  /** Age (ms) of the oldest delivery that had not ended. */
  readonly lag: Values
}

/** The figures of several subjects over a span of time, asked for again and again while they can be seen. */
export function useFlows(subjects: readonly FlowSubject[], span: SpanName): Answer<readonly Flow[]> {
  const isVisible = useVisible()
  const key = `flows ${span} ${subjects.map(({ scope }) => scope).join(' ')}`
  return useAnswer(
    key,
    (call) => Promise.all(subjects.map((subject) => askFlow(call, subject, span))),
    isVisible ? drawEveryMs : undefined,
  )
}

async function askFlow(call: HostClient['call'], subject: FlowSubject, span: SpanName): Promise<Flow> {
  const now = Date.now()
  const window = windowOf(span, now)
  const { rate } = spans[span]
  const ask = (metric: MetricName) => call.metrics.series({ scope: subject.scope, metric, ...window })
  const [delivered, failures, took, lag] = await Promise.all([
    ask('delivered'),
    ask('failures'),
    ask('p95'),
    ask('lag'),
  ])
  return {
    ...subject,
    times: delivered.points.map(({ at }) => at),
    delivered: ratesOf(delivered, now, rate.ms),
    mostDelivered: highestOf(ratesOf(wholeSteps(delivered, now), now, rate.ms)),
    failures: ratesOf(failures, Infinity, rate.ms),
    failed: sumOf(failures),
    took: took.points.map(({ value }) => value),
    lag: lag.points.map(({ value }) => value),
  }
}

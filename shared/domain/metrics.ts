import * as z from 'zod'

/** What figures are kept for: everything, or one source, route or connection. */
export const metricScope = z.enum(['all', 'source', 'route', 'connection'])
export type MetricScope = z.infer<typeof metricScope>

/**
 * What is counted:
 *
 * - `events` came in, `duplicates` were known already, `rejections` were refused at the door
 * - `unmatched`: no route wanted the event; `echoes`: it was a change of ours coming back
 * - `delivered`: something was written; `unchanged`: both sides agreed already; `skipped`: nothing was to be done for another reason
 * - `failures`: attempts that failed; `retries`: those of them that will be tried again by themselves; `dead`: those that were the last
 */
export const counted = [
  'events',
  'duplicates',
  'rejections',
  'unmatched',
  'echoes',
  'delivered',
  'unchanged',
  'skipped',
  'failures',
  'retries',
  'dead',
] as const
export type Counted = (typeof counted)[number]

/** Levels that are drawn as rules see them: of each stretch the worst. `restarts` are counted. */
export const drawnLevels = [
  'failing',
  'budget',
  'silence',
  'idle',
  'sign-in',
  'held',
  'source-trouble',
  'disk',
  'memory',
  'restarts',
] as const
export type DrawnLevel = (typeof drawnLevels)[number]

/**
 * Metrics that can be drawn: the counts; percentiles of the time (ms) from the arrival of an event, or the order of a replay, to its
 * delivery; the age of the oldest delivery that has not ended (`lag`, ms) and how many have not (`depth`), the highest of each stretch;
 * and for rules: the success and the error rate (percent), `volume` and `dead-letters` as a rule counts them, and levels, of 8 days.
 */
export const metricName = z.enum([
  ...counted,
  'p50',
  'p95',
  'p99',
  'lag',
  'depth',
  'success-rate',
  'error-rate',
  'volume',
  'dead-letters',
  ...drawnLevels,
])
export type MetricName = z.infer<typeof metricName>

/** `all`, or the scope and id with a colon between them: `route:account-to-company`, `system:salesforce`. */
export const metricSubject = z
  .string()
  .regex(
    /^(?:all|system:(?:salesforce|connectwise)|(?:source|route|connection):[a-z0-9-]{1,63})$/,
    'all, system:<name>, source:<id>, route:<id> or connection:<id>',
  )
  .default('all')

const wholeNumber = z.coerce.number().int()

export const metricQuery = z.object({
  scope: metricSubject,
  metric: metricName,
  /** ms since 1970; absent: a day before `to`. */
  from: wholeNumber.optional(),
  /** Absent: now. */
  to: wholeNumber.optional(),
  /** ms of one point, in whole minutes; absent: such that there are at most 240 points. */
  step: wholeNumber.min(60_000).multipleOf(60_000).optional(),
})
export type MetricQuery = z.infer<typeof metricQuery>

/** Points at even distances, `at` being the beginning of each. A count without a row is 0; what was not measured is null. */
export const metricSeries = z.object({
  scope: z.string(),
  metric: metricName,
  step: z.number().int(),
  points: z.array(z.object({ at: z.number(), value: z.number().nullable() })),
})
export type MetricSeries = z.infer<typeof metricSeries>

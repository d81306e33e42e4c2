import type { Counted, MetricScope } from '#shared/domain/metrics.ts'
import { mergeBuckets, type TimeBuckets } from '#shared/logic/time-buckets.ts'
import type { Rows } from './find-records.ts'
import { rhythmHoursMs, rhythmMinutesMs, type Activity } from '#shared/logic/usual-rhythm.ts'
import { parseColumn } from './read/json.ts'
import type { Transaction } from './transaction.ts'

export const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long the figures of each grain (ms) are kept (ms). */
const keptMs = [
  [minuteMs, 7 * dayMs],
  [hourMs, 400 * dayMs],
] as const

/** What was counted and seen of one subject in a minute. */
export interface Tally {
  readonly scope: MetricScope
  readonly id: string
  /** ms since 1970: the beginning of the minute. */
  readonly at: number
  readonly counts: Readonly<Partial<Record<Counted, number>>>
  readonly times: TimeBuckets
  /** null: it was not looked at. */
  readonly lag: number | null
  readonly depth: number | null
}

/** Adds a tally to the row of its minute and to that of its hour. */
export function addTally(tx: Transaction, tally: Tally): void {
  for (const [grain] of keptMs) addTo(tx, tally, grain, tally.at - (tally.at % grain))
}

function addTo(tx: Transaction, { scope, id, counts, times, lag, depth }: Tally, grain: number, at: number): void {
  const stored = tx.get<{ times: string }>(
    'select times from metrics where scope = ? and id = ? and grain = ? and at = ?',
    scope,
    id,
    grain,
    at,
  )
  const merged = mergeBuckets([parseColumn<TimeBuckets>(stored?.times ?? null, {}), times])
  const of = (what: Counted): number => counts[what] ?? 0
  tx.run(
    `insert into metrics (scope, id, grain, at, events, duplicates, rejections, unmatched, echoes, delivered, unchanged, skipped,
       failures, retries, dead, times, lag, depth)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set events = events + excluded.events, duplicates = duplicates + excluded.duplicates,
       rejections = rejections + excluded.rejections, unmatched = unmatched + excluded.unmatched, echoes = echoes + excluded.echoes,
       delivered = delivered + excluded.delivered, unchanged = unchanged + excluded.unchanged, skipped = skipped + excluded.skipped,
       failures = failures + excluded.failures, retries = retries + excluded.retries, dead = dead + excluded.dead, times = excluded.times,
       lag = max(coalesce(lag, 0), coalesce(excluded.lag, lag)), depth = max(coalesce(depth, 0), coalesce(excluded.depth, depth))`,
    scope,
    id,
    grain,
    at,
    of('events'),
    of('duplicates'),
    of('rejections'),
    of('unmatched'),
    of('echoes'),
    of('delivered'),
    of('unchanged'),
    of('skipped'),
    of('failures'),
    of('retries'),
    of('dead'),
    JSON.stringify(merged),
    lag,
    depth,
  )
}

/** Takes away up to `limit` rows of each grain that are older than they are kept; answers how many. */
export function pruneMetrics(tx: Transaction, now: number, limit: number): number {
  let taken = 0
  for (const [grain, ms] of keptMs) {
    const old = tx.all<{ scope: string; id: string; at: number }>(
      'select scope, id, at from metrics where grain = ? and at < ? order by at limit ?',
      grain,
      now - ms,
      limit,
    )
    for (const { scope, id, at } of old)
      tx.run('delete from metrics where scope = ? and id = ? and grain = ? and at = ?', scope, id, grain, at)
    taken += old.length
  }
  return taken
}

/** When a source had events, as far back as its rhythm is told by. */
export function activityOf(rows: Rows, sourceId: string, now: number): Activity {
  const active = (grain: number, since: number): number[] =>
    rows
      .all<{ at: number }>(
        `select at from metrics where scope = 'source' and id = ? and grain = ? and at >= ? and events > 0 order by at`,
        sourceId,
        grain,
        since,
      )
      .map(({ at }) => at)
  return { minutes: active(minuteMs, now - rhythmMinutesMs), hours: active(hourMs, now - rhythmHoursMs) }
}

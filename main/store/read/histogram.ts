import type { EventState } from '#shared/domain/event.ts'
import type { EventHistogram } from '#shared/domain/histogram.ts'
import type { EventMatch } from '../event-match.ts'
import { eventOrigin } from './event-origin.ts'
import { bound, clause, within, type Origin } from './page.ts'
import type { Reading } from './reading.ts'

/** Which events to count; `receivedFrom` is the beginning of the first bucket. */
export interface HistogramQuery {
  readonly match: EventMatch & { readonly receivedFrom: number }
  readonly buckets: number
  readonly bucketMs: number
}

interface CountRow {
  readonly bucket: number
  readonly state: EventState
  readonly count: number
}

/** For how long (ms) further goes are begun. */
const countingMs = 60

/** Counts of events, the newest first as far as the time goes: bounded however many there are. */
export function histogramReads(reading: Reading) {
  function eventHistogram({ match, buckets, bucketMs }: HistogramQuery): EventHistogram {
    return reading.together(() => {
      const from = match.receivedFrom
      const counts: EventHistogram['buckets'] = Array.from({ length: buckets }, () => ({}))
      const reached = countRows(
        reading,
        eventOrigin(reading, match),
        { from, bucketMs },
        ({ bucket, state, count }) => {
          // What the clock says came in after now belongs to the last bucket.
          const slot = counts[Math.min(bucket, buckets - 1)]
          if (slot !== undefined) slot[state] = (slot[state] ?? 0) + count
        },
      )
      return {
        from,
        bucketMs,
        buckets: counts,
        countedFrom: reached === null ? from : Math.max(from, receivedAt(reading, reached)),
      }
    })
  }

  /** How many events fit, as far as they can be counted in that time. */
  function countEvents(match: EventMatch): { count: number; isAll: boolean } {
    return reading.together(() => {
      let count = 0
      const everything = { from: 0, bucketMs: Number.MAX_SAFE_INTEGER }
      const reached = countRows(reading, eventOrigin(reading, match), everything, (row) => (count += row.count))
      return { count, isAll: reached === null }
    })
  }

  return { eventHistogram, countEvents }
}

/** Counts go by go; answers the id above which all was counted, null when that was everything. */
function countRows(
  reading: Reading,
  origin: Origin,
  { from, bucketMs }: { readonly from: number; readonly bucketMs: number },
  take: (row: CountRow) => void,
): number | null {
  const until = performance.now() + countingMs
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    before = origin.enter?.(before) ?? before
    const stop = origin.stopBelow(before)
    for (const { from: tables, id, terms } of origin.streams(before)) {
      const rows = reading.all<CountRow>(
        `select cast((t.received_at - ?) / ? as integer) as bucket, t.state, count(*) as count from ${tables}
         where ${clause(terms)} ${within(id)} group by 1, 2`,
        from,
        bucketMs,
        ...bound(terms),
        before,
        Math.max(stop, origin.floor),
      )
      rows.forEach(take)
    }
    if (stop === 0) return null
    before = stop + 1
    if (performance.now() > until) return stop
  }
}

/** When the oldest event that was counted came in. */
function receivedAt(reading: Reading, above: number): number {
  const sql = 'select received_at as at from events where id > ? order by id limit 1'
  return reading.get<{ at: number }>(sql, above)?.at ?? 0
}

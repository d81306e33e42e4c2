import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { EventHistogram } from '#shared/domain/histogram.ts'
import { instantOf } from '#shared/logic/instant-text.ts'

/** Stretches of time that the heat strip shows, in hours, and into how many parts it cuts them. */
export const heatRanges = [
  { hours: 1, buckets: 60, label: '1 h', words: 'the last hour' },
  { hours: 24, buckets: 96, label: '24 h', words: 'the last 24 hours' },
  { hours: 168, buckets: 84, label: '7 d', words: 'the last 7 days' },
  { hours: 744, buckets: 93, label: '31 d', words: 'the last 31 days' },
] as const
export type HeatRange = (typeof heatRanges)[number]

/** A part of the strip. */
export interface HeatBucket {
  readonly from: number
  readonly to: number
  readonly total: number
  readonly failed: number
  readonly open: number
}

export function heatBuckets({ from, bucketMs, buckets }: EventHistogram): HeatBucket[] {
  return buckets.map((counts, index) => ({
    from: from + index * bucketMs,
    to: from + (index + 1) * bucketMs,
    total: Object.values(counts).reduce((sum, many) => sum + many, 0),
    failed: counts.dead ?? 0,
    open: (counts.open ?? 0) + (counts.stored ?? 0),
  }))
}

/** Whether anything came in, and nothing before the last hour. */
export function liesInLastHour(bars: readonly HeatBucket[]): boolean {
  const hourAgo = (bars.at(-1)?.to ?? 0) - 3_600_000
  const counted = bars.filter(({ total }) => total > 0)
  return counted.length > 0 && counted.every(({ from }) => from >= hourAgo)
}

/** The smallest range in which the times of a filter lie. */
export function rangeFor({ since }: Pick<EventCriteria, 'since'>, now: number): HeatRange {
  const at = since === undefined ? null : instantOf(since, now, 'since')
  const wanted = at === null ? 24 : (now - at) / 3_600_000
  return heatRanges.find(({ hours }) => hours >= wanted - 0.01) ?? heatRanges[3]
}

/** The whole minutes around a stretch of time, as a filter says them: in local time, as people read them. */
export function timesOf(from: number, to: number): { readonly since: string; readonly until: string } {
  return { since: minuteText(Math.floor(from / 60_000)), until: minuteText(Math.ceil(to / 60_000)) }
}

/** Where the times of a filter lie on a strip, as shares of its length; null when it shows all of it. */
export function windowOn(
  { since, until }: Pick<EventCriteria, 'since' | 'until'>,
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): { readonly left: number; readonly right: number } | null {
  const start = since === undefined ? null : instantOf(since, now, 'since')
  const end = until === undefined ? null : instantOf(until, now, 'until')
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)))
  const left = start === null ? 0 : share(start)
  const right = end === null ? 1 : share(end)
  return left <= 0.001 && right >= 0.999 ? null : { left, right: Math.max(right, left) }
}

function minuteText(minute: number): string {
  const at = new Date(minute * 60_000)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

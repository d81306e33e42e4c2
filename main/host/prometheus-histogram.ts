import type { CountedTotal } from '#main/relay.ts'
import { bucketTop } from '#shared/logic/time-buckets.ts'

const name = 'patchbay_processing_seconds'

/** Bounds of the buckets: 1 ms, doubled to half an hour. Each is a bound of the finer buckets that times are counted in. */
const perDoubling = 8
const doublings = 21

/**
 * The times of routes from the arrival of an event to the end of its delivery, as a histogram.
 *
 * Written by hand, as prom-client can make one only of single observations, and these have been counted already.
 */
export function timeHistogram(routes: readonly CountedTotal[]): string {
  const lines = routes.flatMap(({ id, times, sumMs }) => {
    const counts = Object.entries(times).map(([bucket, count]) => [Number(bucket), count] as const)
    const upTo = (last: number): number =>
      counts.reduce((sum, [bucket, count]) => sum + (bucket <= last ? count : 0), 0)
    const all = upTo(Infinity)
    const bounds = Array.from({ length: doublings + 1 }, (_, doubling) => doubling * perDoubling)
    return [
      ...bounds.map((bucket) => `${name}_bucket{route="${id}",le="${bucketTop(bucket) / 1_000}"} ${upTo(bucket)}`),
      `${name}_bucket{route="${id}",le="+Inf"} ${all}`,
      `${name}_sum{route="${id}"} ${sumMs / 1_000}`,
      `${name}_count{route="${id}"} ${all}`,
    ]
  })
  if (lines.length === 0) return ''
  const help = `# HELP ${name} From the arrival of an event to the end of its delivery.`
  return [help, `# TYPE ${name} histogram`, ...lines, ''].join('\n')
}

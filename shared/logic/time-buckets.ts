/**
 * A count of durations by size: bucket number to how many. Every bucket's bounds are fixed, so that the counts of any stretch of time,
 * connection or route can be added up and still give a percentile.
 */
export type TimeBuckets = Readonly<Record<string, number>>

/** Buckets in each doubling: a percentile is off by 9 % at the most. */
const perDoubling = 8
/** Longer durations count as this long: some 24 days. */
const lastBucket = 31 * perDoubling

/** The bucket that a duration (ms) falls into; all up to 1 ms share the first. */
export function bucketOf(ms: number): number {
  if (!(ms > 1)) return 0
  return Math.min(lastBucket, Math.ceil(Math.log2(ms) * perDoubling))
}

/** The longest duration (ms) that falls into a bucket. */
export function bucketTop(bucket: number): number {
  return 2 ** (bucket / perDoubling)
}

/** All that was counted in any of them. */
export function mergeBuckets(all: readonly TimeBuckets[]): TimeBuckets {
  const sum: Record<string, number> = {}
  for (const one of all) for (const [bucket, count] of Object.entries(one)) sum[bucket] = (sum[bucket] ?? 0) + count
  return sum
}

/** The duration (ms) that `share` (0 to 1) of the counted ones do not exceed; null when nothing was counted. */
export function percentile(buckets: TimeBuckets, share: number): number | null {
  const counts = Object.entries(buckets)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .filter(([, count]) => count > 0)
    .toSorted(([one], [other]) => one - other)
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const wanted = Math.max(1, Math.ceil(total * share))
  let seen = 0
  for (const [bucket, count] of counts) {
    seen += count
    if (seen >= wanted) return bucketTop(bucket)
  }
  return null
}

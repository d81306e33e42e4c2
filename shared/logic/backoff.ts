/** How the bound of the wait grows: `baseMs` for the first, doubled for each further one, never above `capMs`. */
export interface BackoffPolicy {
  readonly baseMs: number
  readonly capMs: number
}

/**
 * The wait before the next try, in whole ms: exponential with full jitter, so that many deliveries which failed
 * together don't come back together.
 *
 * @param attempt number of the attempt that has just failed, from 1
 * @param random draws from [0, 1)
 */
export function nextDelayMs(attempt: number, policy: BackoffPolicy, random: () => number): number {
  const doublings = Math.min(Math.max(attempt, 1) - 1, 52)
  const bound = Math.min(policy.capMs, policy.baseMs * 2 ** doublings)
  return Math.floor(random() * bound)
}

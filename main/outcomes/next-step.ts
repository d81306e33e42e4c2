import { nextDelayMs } from '#shared/logic/backoff.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { RetryPolicy } from '#shared/domain/route.ts'

/** What a failed attempt leads to. */
export interface NextStep {
  readonly state: 'waiting' | 'dead'
  /** Earliest next try, ms since 1970. */
  readonly availableAt: number
  /** Whether this try counts against the route's limit. */
  readonly counts: boolean
  /** Set when the limit of tries or age was reached, in words. */
  readonly exhausted: string | null
}

/** How long a delivery waits for a connection that refuses the sign-in, or for a record that is not there, before it looks again (ms). */
const holdMs = { auth: 60_000, dependency: 5 * 60_000 } as const

/** Decides from a failure's class whether and when there is a next try. Pure. */
export function nextStep(
  failure: Failure,
  delivery: { readonly attemptCount: number; readonly createdAt: number },
  policy: RetryPolicy,
  now: number,
  random: () => number,
): NextStep {
  if (failure.class === 'permanent') return { state: 'dead', availableAt: now, counts: true, exhausted: null }
  const counts = failure.class === 'transient' || failure.class === 'unknown'
  const tries = delivery.attemptCount + (counts ? 1 : 0)
  if (counts && tries >= policy.maxAttempts) {
    return { state: 'dead', availableAt: now, counts, exhausted: `Given up after ${tries} tries.` }
  }
  if (now - delivery.createdAt >= policy.maxAgeMs) {
    const hours = Math.round(policy.maxAgeMs / 3_600_000)
    return { state: 'dead', availableAt: now, counts, exhausted: `Given up after ${hours} hours.` }
  }
  return { state: 'waiting', availableAt: waitUntil(failure, tries, policy, now, random), counts, exhausted: null }
}

function waitUntil(failure: Failure, tries: number, policy: RetryPolicy, now: number, random: () => number): number {
  if (failure.class === 'auth') return now + holdMs.auth
  if (failure.class === 'dependency') return now + holdMs.dependency
  const byBackoff = now + nextDelayMs(tries, policy, random)
  return Math.max(failure.retryAt ?? 0, byBackoff)
}

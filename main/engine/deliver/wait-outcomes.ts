import type { Clock } from '#main/base/clock.ts'
import type { Hold } from '#main/outbound/gate.ts'
import { concludeFailure } from '#main/outcomes/conclude.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { Failure } from '#shared/domain/failure.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { readableKey } from './line.ts'
import type { Job } from './try-job.ts'

/** How often a delivery of a route that is switched off looks whether it is on again (ms). */
const routeLookMs = 10_000
/** How soon a delivery looks again that found another one probing its source (ms). It is woken when that gets through. */
const sourceLookMs = 1_000
/** How soon it looks again for a connection that is not there, or for room in a budget of which nothing better is known (ms). */
const longLookMs = 60_000

/** The code of a delivery that waits for the connection to its source. */
export const sourceHeldCode = 'SOURCE_HELD'

/** The system that the record has to be read from is held: wait for it without using up a try. */
export function sourceHeld({ id, kind }: Pick<Connection, 'id' | 'kind'>, hold: Hold | null, now: number): Failure {
  return {
    class: 'limited',
    stage: 'transform',
    code: sourceHeldCode,
    sentence: `${systemTitle[kind]} can't be read right now. ${hold?.reason ?? 'Others are asking it already.'}`,
    retryAt: Math.max(hold?.until ?? 0, now + sourceLookMs),
    waitsFor: readableKey(id),
  }
}

/** Reading the record would take of the calls that are kept for live events. */
export function sourceReserved(
  { id, kind }: Pick<Connection, 'id' | 'kind'>,
  askAgainAt: number | null,
  now: number,
): Failure {
  return {
    class: 'limited',
    stage: 'transform',
    code: 'SOURCE_RESERVED',
    sentence: `It waits to be read from ${systemTitle[kind]}: the rest of the API calls there is kept for live events.`,
    retryAt: Math.max(askAgainAt ?? now + longLookMs, now + sourceLookMs),
    waitsFor: readableKey(id),
  }
}

/** The connection that the record has to be read from is not there. */
export function waitForSource(job: Job, { clock }: { readonly clock: Clock }): Outcome {
  const now = clock.now()
  const failure: Failure = {
    class: 'limited',
    stage: 'transform',
    code: sourceHeldCode,
    sentence: `${systemTitle[job.item.event.system]} can't be read right now. It is not connected.`,
    retryAt: now + longLookMs,
  }
  return concludeFailure(failure, job.item, job.route.retry, now, null)
}

/** Switching a route off holds what it has not sent yet; switching it on lets that go on. */
export function waitForRoute(job: Job, { clock }: { readonly clock: Clock }): Outcome {
  const now = clock.now()
  const failure: Failure = {
    class: 'limited',
    stage: 'route',
    code: 'ROUTE_OFF',
    sentence: `The route "${job.route.name}" is switched off.`,
    fix: 'Switch it on to let the delivery go on, or cancel the delivery.',
    retryAt: now + routeLookMs,
  }
  return concludeFailure(failure, job.item, job.route.retry, now, null)
}

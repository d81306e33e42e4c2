import type { Clock } from '#main/base/clock.ts'
import { concludeFailure } from '#main/outcomes/conclude.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import type { Failure } from '#shared/domain/failure.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { Job } from './try-job.ts'

/** How often a delivery of a route that is switched off looks whether it is on again (ms). */
const routeLookMs = 10_000

/** The system that the record has to be read from is held: wait for it without using up a try. */
export function waitForSource(
  job: Job,
  until: number | null,
  reason: string | null,
  { clock }: { readonly clock: Clock },
): Outcome {
  const now = clock.now()
  const title = systemTitle[job.item.event.system]
  const failure: Failure = {
    class: 'limited',
    stage: 'transform',
    code: 'SOURCE_HELD',
    sentence: `${title} can't be read right now. ${reason ?? 'It is not connected.'}`,
    retryAt: until ?? now + 60_000,
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

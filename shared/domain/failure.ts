import * as z from 'zod'

/** Where on its path an event was when something went wrong. */
export const stage = z.enum(['receive', 'verify', 'store', 'route', 'transform', 'deliver', 'record'])
export type Stage = z.infer<typeof stage>

/**
 * What a failure means for the next step:
 *
 * - `transient`: try again by itself, with backoff
 * - `limited`: the other side asked for a pause; wait until `retryAt`, no attempt is counted
 * - `auth`: sign-in refused; the connection is held for everyone, no attempt is counted
 * - `permanent`: trying again unchanged can't help; dead letter at once
 * - `dependency`: another record has to be there first; wait for it, no attempt is counted
 * - `unknown`: the call may or may not have taken effect; look before any second try
 */
export const failureClass = z.enum(['transient', 'limited', 'auth', 'permanent', 'dependency', 'unknown'])
export type FailureClass = z.infer<typeof failureClass>

/** A failure as a value: complete enough to be shown, grouped and acted upon without the exception it came from. */
export const failure = z.object({
  class: failureClass,
  stage,
  /** Short and stable, for grouping: the other system's own code where there is one, such as `UNABLE_TO_LOCK_ROW`. */
  code: z.string(),
  /** What happened, to which record and field, in a technician's words. */
  sentence: z.string(),
  /** What to do about it, as an instruction; absent when Patchbay will handle it. */
  fix: z.string().optional(),
  /** The field the other system complained about, in its own name. */
  field: z.string().optional(),
  /** The value it complained about, as text, where that is known and short. */
  value: z.string().optional(),
  /** HTTP status, where there was one. */
  status: z.number().int().optional(),
  /** Not before this instant (ms since 1970), for `limited`. */
  retryAt: z.number().optional(),
  /** What is waited for: the record, for `dependency`. */
  waitsFor: z.string().optional(),
  /** Set when it is about this record alone: the system itself is well, and nothing else has to wait. */
  recordOnly: z.boolean().optional(),
})
export type Failure = z.infer<typeof failure>

/** Success or a failure; used wherever failing is an expected outcome. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure }
}

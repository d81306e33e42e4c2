import type { RejectionCode } from '#shared/domain/event.ts'

/** Why a request is refused, complete enough to answer its sender and to show a technician. */
export interface Reason {
  /** HTTP status to answer. */
  readonly status: number
  readonly code: RejectionCode
  readonly sentence: string
}

/** A value, or the reason why the request it was to come from is refused. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason }

export function accepted<T>(value: T): Checked<T> {
  return { ok: true, value }
}

export function refused(
  status: number,
  code: RejectionCode,
  sentence: string,
): { readonly ok: false; readonly reason: Reason } {
  return { ok: false, reason: { status, code, sentence } }
}

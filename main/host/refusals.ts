import { ORPCError, ValidationError } from '@orpc/server'
import { PlainError, toError } from '#main/base/errors.ts'
import type { Commanded } from '#main/relay.ts'
import type { hostErrors } from '#shared/contract/errors.ts'
import type { HostLogger } from './host-context.ts'

type RefusalCode = keyof typeof hostErrors

/** There is nothing of that id. `what` names it: "event 12". */
export function notFound(what: string): ORPCError<RefusalCode, unknown> {
  return new ORPCError('NOT_FOUND', { status: 404, message: `There is no ${what}.`, data: { what } })
}

/** What was asked for can't be: the field, and a sentence why. */
export function invalid(field: string | undefined, reason: string): ORPCError<RefusalCode, unknown> {
  return new ORPCError('INVALID', {
    status: 422,
    message: reason,
    data: { ...(field !== undefined && { field }), reason },
  })
}

/** The value of a command that was done. @throws the contract's error for one that was refused. */
export function granted<T>(answer: Commanded<T>): T {
  if (answer.ok) return answer.value
  switch (answer.code) {
    case 'NOT_FOUND':
      throw new ORPCError('NOT_FOUND', { status: 404, message: answer.reason, data: { what: answer.reason } })
    case 'CONFLICT':
      throw new ORPCError('CONFLICT', { status: 409, message: answer.reason, data: { reason: answer.reason } })
    case 'INVALID':
      throw invalid(undefined, answer.reason)
  }
}

/**
 * Turns what a handler threw into what a client may see.
 *
 * Input that does not fit the contract is an INVALID that names the field, and never repeats the value: it may be a secret.
 * Anything unexpected goes to the log; the client learns only that it happened.
 */
export function refuseReadably(thrown: unknown, path: readonly string[], logger: HostLogger): never {
  if (thrown instanceof ORPCError && thrown.cause instanceof ValidationError) {
    if (thrown.code === 'BAD_REQUEST') throw invalidInput(thrown.cause)
    logger.error({ path: path.join('.'), issues: thrown.cause.issues }, 'An answer does not fit the contract.')
    throw unexpected()
  }
  if (thrown instanceof ORPCError) throw thrown
  if (thrown instanceof PlainError) {
    const reason = thrown.fix === null ? thrown.message : `${thrown.message} ${thrown.fix}`
    throw new ORPCError('UNAVAILABLE', { status: 503, message: reason, data: { reason } })
  }
  logger.error({ path: path.join('.'), err: toError(thrown) }, 'A call failed unexpectedly.')
  throw unexpected()
}

function invalidInput(error: ValidationError): ORPCError<RefusalCode, unknown> {
  const issue = error.issues[0]
  const field = issue?.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  const reason = issue?.message ?? 'The request does not fit.'
  return field === undefined || field === '' ? invalid(undefined, reason) : invalid(field, `${field}: ${reason}`)
}

function unexpected(): ORPCError<'INTERNAL_SERVER_ERROR', undefined> {
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: 'Something went wrong inside Patchbay. The log has the details.',
  })
}

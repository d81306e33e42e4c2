import * as z from 'zod'
import type { Failure } from '#shared/domain/failure.ts'
import type { Json } from '#shared/domain/record.ts'
import type { HttpAnswer } from '../http/http-client.ts'
import { readRetryAfter } from '../http/retry-after.ts'
import { applyRuleBook, type Refusal, type Subject } from '../rule-book.ts'
import { connectwiseRuleBook } from './rule-book.ts'

const errorBody = z.object({
  code: z.string(),
  message: z.string().nullish(),
  errors: z
    .array(z.object({ code: z.string().nullish(), message: z.string().nullish(), field: z.string().nullish() }))
    .nullish(),
})

/** ConnectWise's answer to a call that it refused, as a failure. `now` is ms since 1970. */
export function explainRefusal(answer: HttpAnswer, subject: Subject, now: number): Failure {
  const failure = applyRuleBook(connectwiseRuleBook, readRefusal(answer, subject, now), subject, now)
  // A gateway lost the answer: the write behind it may have happened.
  const isLost = subject.write && (answer.status === 502 || answer.status === 504)
  return isLost && failure.class === 'transient' ? { ...failure, class: 'unknown' } : failure
}

/** A refusal that Patchbay itself utters, in the words of the rule book. */
export function refuse(
  code: 'TWINS' | 'NO_CUSTOM_FIELD' | 'NO_COMMUNICATION_TYPE',
  subject: Subject,
  details: { message?: string; field?: string },
): Failure {
  const { status: _, ...failure } = applyRuleBook(
    connectwiseRuleBook,
    { code, message: '', status: 0, ...details },
    subject,
    0,
  )
  return failure
}

/** True when ConnectWise itself, and not just some web server at the address, says that there is no such record. */
export function saysMissing(answer: HttpAnswer): boolean {
  return answer.status === 404 && errorBody.safeParse(parseJson(answer.body)).success
}

function readRefusal(answer: HttpAnswer, subject: Subject, now: number): Refusal {
  const { status } = answer
  const pause = answer.headers['retry-after']
  if (status === 429 || (status === 503 && pause !== undefined))
    return { code: 'TOO_MANY_REQUESTS', message: 'too many requests', status, retryAt: readRetryAfter(pause, now) }

  const body = errorBody.safeParse(parseJson(answer.body))
  if (!body.success) {
    const isForeign = status < 400 || status === 404 || status === 405
    const code = isForeign ? 'NOT_THE_API' : `HTTP_${status}`
    return { code, message: `HTTP status ${status}`, status }
  }
  const { code, message, errors } = body.data
  const first = errors?.[0]
  const field = first?.field ? nameAsSent(first.field, subject) : undefined
  return {
    // The inner code says more, where the book knows it.
    code: first?.code && first.code in connectwiseRuleBook.byCode ? first.code : code,
    message: first?.message ?? message ?? code,
    status,
    ...(field === undefined ? {} : { field }),
  }
}

/** ConnectWise complains about `company` or `status/id` where `company/id` or `status/name` was sent. */
function nameAsSent(field: string, subject: Subject): string {
  if (field in subject.values) return field
  const root = field.split('/')[0] ?? field
  return (
    Object.keys(subject.values).find(
      (name) => name.toLowerCase() === root.toLowerCase() || name.startsWith(`${root}/`),
    ) ?? field
  )
}

/** The value of a JSON text, or undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

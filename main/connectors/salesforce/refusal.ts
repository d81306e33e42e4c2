import * as z from 'zod'
import type { Failure } from '#shared/domain/failure.ts'
import type { HttpAnswer } from '../http/http-client.ts'
import { readRetryAfter } from '../http/retry-after.ts'
import { applyRuleBook, type Refusal, type Subject } from '../rule-book.ts'
import { salesforceRuleBook } from './rule-book.ts'

const restErrors = z
  .array(z.object({ errorCode: z.string(), message: z.string(), fields: z.array(z.string()).nullish() }))
  .min(1)
const signInError = z.object({ error: z.string(), error_description: z.string().default('') })
const twins = z.array(z.string()).min(1)

/** Salesforce's answer to a call that it refused, as a failure. `now` is ms since 1970. */
export function explainRefusal(answer: HttpAnswer, subject: Subject, now: number): Failure {
  const refusal = readRefusal(answer, now)
  const failure = applyRuleBook(salesforceRuleBook, refusal, subject, now)
  // A gateway lost the answer: the write behind it may have happened.
  const isLost = subject.write && (answer.status === 502 || answer.status === 504)
  return isLost && failure.class === 'transient' ? { ...failure, class: 'unknown' } : failure
}

/** True when Salesforce says that there is no such record. A missing external id field it reports in almost the same way. */
export function saysMissing(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false
  const { code } = readRefusal(answer, 0)
  return code === 'NOT_FOUND' || code === 'ENTITY_IS_DELETED'
}

/** The ids of the records that share one external id: a 300 lists their addresses. */
export function readTwinIds(answer: HttpAnswer): readonly string[] {
  const urls = twins.safeParse(parseJson(answer.body))
  return urls.success ? urls.data.flatMap((url) => url.split('/').at(-1) ?? []) : []
}

function readRefusal(answer: HttpAnswer, now: number): Refusal {
  const { status } = answer
  const body = parseJson(answer.body)
  const pause = answer.headers['retry-after']
  if (status === 429 || (status === 503 && pause !== undefined))
    return { code: 'TOO_MANY_REQUESTS', message: 'too many requests', status, retryAt: readRetryAfter(pause, now) }
  if (status === 300) {
    const ids = readTwinIds(answer).join(', ') || 'their ids were not named'
    return { code: 'MULTIPLE_CHOICES', message: ids, status }
  }

  const errors = restErrors.safeParse(body)
  const error = errors.success ? errors.data[0] : undefined
  if (error !== undefined) {
    const isUnknownKey = error.errorCode === 'NOT_FOUND' && /external ID field/i.test(error.message)
    const field = error.fields?.[0] ?? /No such column '([^']+)'/.exec(error.message)?.[1]
    const value = /restricted picklist field: (.+)$/.exec(error.message)?.[1]
    return {
      code: isUnknownKey ? 'NO_EXTERNAL_ID_FIELD' : error.errorCode,
      message: error.message,
      status,
      ...(field === undefined ? {} : { field }),
      ...(value === undefined ? {} : { value: `'${value}'` }),
    }
  }
  const signIn = signInError.safeParse(body)
  if (signIn.success) return { code: signIn.data.error, message: signIn.data.error_description, status }
  const isForeign = status < 400 || status === 404 || status === 405
  if (isForeign) return { code: 'NOT_THE_API', message: `HTTP status ${status}`, status }
  return { code: `HTTP_${status}`, message: `HTTP status ${status} without an explanation`, status }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import type { Connection } from 'jsforce'
import type { Clock } from '#main/base/clock.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { Cached } from '../cached.ts'
import type { CallContext } from '../connector.ts'
import type { HttpAnswer } from '../http/http-client.ts'
import { explainNoAnswer } from '../http/http-failures.ts'
import type { Subject } from '../rule-book.ts'
import { explainRefusal } from './refusal.ts'
import { wireCalls, type WireCall } from './transport.ts'

/** What a call through jsforce came to: Salesforce's last answer on the wire, and what jsforce made of it when it was a 2xx. */
export interface CallAnswer<T> {
  readonly answer: HttpAnswer
  /** Undefined when Salesforce refused. */
  readonly value: T | undefined
}

export interface SalesforceCalls {
  /** Makes one call; any answer of Salesforce is a success here, so that the caller can tell a missing record from a refusal. */
  ask<T>(
    work: (connection: Connection) => Promise<T>,
    subject: Subject,
    context: CallContext,
  ): Promise<Result<CallAnswer<T>>>
  /** Makes one call of which only a 2xx is a success. */
  need<T>(
    work: (connection: Connection) => Promise<T>,
    subject: Subject,
    context: CallContext,
  ): Promise<Result<{ answer: HttpAnswer; value: T }>>
  budget(): { readonly used: number; readonly limit: number } | null
}

/** Calls with a session: signed in when there is none, and once again when Salesforce no longer takes the token. */
export function createCalls(sessions: Cached<Connection>, clock: Clock): SalesforceCalls {
  let budget: { used: number; limit: number } | null = null

  async function ask<T>(
    work: (connection: Connection) => Promise<T>,
    subject: Subject,
    context: CallContext,
  ): Promise<Result<CallAnswer<T>>> {
    for (let isRepeated = false; ; isRepeated = true) {
      const session = await sessions.get('', context)
      if (!session.ok) return failed({ ...session.failure, stage: subject.stage })
      const call: WireCall = { context, last: null }
      const outcome = await run(call, session.value, work)
      budget = session.value.limitInfo.apiUsage ?? budget
      if (!outcome.answer.answered) return failed(explainNoAnswer(outcome.answer, 'Salesforce', subject))
      if (outcome.answer.status !== 401) return ok({ answer: outcome.answer, value: outcome.value })
      sessions.forget('', session.value)
      if (isRepeated) return failed(explainRefusal(outcome.answer, subject, clock.now()))
    }
  }

  return {
    ask,
    async need(work, subject, context) {
      const asked = await ask(work, subject, context)
      if (!asked.ok) return asked
      const { answer, value } = asked.value
      if (answer.status >= 300 || value === undefined) return failed(explainRefusal(answer, subject, clock.now()))
      return ok({ answer, value })
    },
    budget: () => budget,
  }
}

/** jsforce throws for each refusal; the wire knows better which one it was. */
async function run<T>(call: WireCall, connection: Connection, work: (connection: Connection) => Promise<T>) {
  try {
    const value = await wireCalls.run(call, () => work(connection))
    if (call.last === null) throw new Error('jsforce answered without a call')
    return { answer: call.last, value }
  } catch (thrown) {
    if (call.last === null || (call.last.answered && call.last.status < 300)) throw thrown
    return { answer: call.last, value: undefined }
  }
}

import type { Connection } from 'jsforce'
import type { Clock } from '#main/base/clock.ts'
import type { SalesforceSettings } from '#shared/domain/connection.ts'
import type { Cached } from '../cached.ts'
import { fromFailure, inspectClock, passed } from '../check.ts'
import type { CallContext, Check } from '../connector.ts'
import { searchSubject } from '../subject.ts'
import type { SalesforceCalls } from './call.ts'
import type { ObjectShape } from './describe.ts'

export interface CheckOptions {
  readonly settings: SalesforceSettings
  readonly sessions: Cached<Connection>
  readonly calls: SalesforceCalls
  readonly shapes: Cached<ObjectShape>
  readonly clock: Clock
}

/** The objects that the ready-made mappings use. */
const objects = ['Account', 'Contact', 'Opportunity', 'Case']

/** Tries a fresh sign-in, the clock, the budget, and the cross-reference field of each object. */
export async function checkSalesforce(
  { settings, sessions, calls, shapes, clock }: CheckOptions,
  context: CallContext,
): Promise<readonly Check[]> {
  sessions.forget('')
  const subject = searchSubject('the list of API resources', context)
  const answered = await calls.need((connection) => connection.requestGet<unknown>('/'), subject, context)
  if (!answered.ok) return [fromFailure('Sign-in', answered.failure)]

  const checks: Check[] = [
    passed('Sign-in', `Signed in to ${settings.loginUrl} with API version ${settings.apiVersion}.`),
  ]
  checks.push(inspectClock(answered.value.answer.headers['date'], 'Salesforce', clock.now()))
  const budget = calls.budget()
  if (budget !== null) checks.push(inspectBudget(budget))
  for (const entity of objects) {
    shapes.forget(entity)
    const shape = await shapes.get(entity, context)
    checks.push(
      shape.ok ? inspectShape(entity, shape.value, settings.externalIdField) : fromFailure(entity, shape.failure),
    )
  }
  return checks
}

function inspectBudget({ used, limit }: { used: number; limit: number }): Check {
  const sentence = `${used.toLocaleString('en')} of ${limit.toLocaleString('en')} API calls of the last 24 hours are used.`
  const isLow = used > limit * 0.9
  return {
    name: 'API calls',
    ok: !isLow,
    sentence,
    fix: isLow ? 'Raise the limit in Salesforce, or reduce what other integrations use.' : null,
  }
}

function inspectShape(entity: string, shape: ObjectShape, key: string): Check {
  const field = shape.fields.get(key)
  const fix = `Create ${key} on ${entity} as Text, External ID, Unique, and give the integration user edit access to it.`
  if (field === undefined)
    return { name: entity, ok: false, sentence: `${entity} has no field ${key}, or Patchbay may not see it.`, fix }
  const lacks = [
    field.externalId ? '' : 'marked as External ID',
    field.unique ? '' : 'marked as Unique',
    field.updateable ? '' : 'writable for Patchbay',
  ]
  const missing = lacks.filter((lack) => lack !== '').join(' and not ')
  if (missing !== '') return { name: entity, ok: false, sentence: `${key} on ${entity} is not ${missing}.`, fix }
  return passed(entity, `${entity} can be read, and ${key} is there to keep the ConnectWise id.`)
}

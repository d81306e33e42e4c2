import type { Field } from 'jsforce/lib/types/common.js'
import type { Clock } from '#main/base/clock.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import { createCached, type Cached } from '../cached.ts'
import type { CallContext } from '../connector.ts'
import { searchSubject } from '../subject.ts'
import type { SalesforceCalls } from './call.ts'
import { explainRefusal } from './refusal.ts'

export interface FieldShape {
  readonly name: string
  readonly type: string
  readonly externalId: boolean
  readonly unique: boolean
  readonly updateable: boolean
}

/** An object's fields by name, as far as the integration user may see them. */
export interface ObjectShape {
  readonly fields: ReadonlyMap<string, FieldShape>
}

const oneHour = 3_600_000

/** What Salesforce says about its objects, kept for an hour. */
export function createShapes(calls: SalesforceCalls, clock: Clock): Cached<ObjectShape> {
  return createCached({ clock, ttlMs: oneHour, load: (entity, context) => describe(calls, clock, entity, context) })
}

async function describe(
  calls: SalesforceCalls,
  clock: Clock,
  entity: string,
  context: CallContext,
): Promise<Result<ObjectShape>> {
  const asked = await askForFields(calls, clock, entity, context)
  if (!asked.ok) return asked
  const fields = asked.value.map(({ name, type, externalId, unique, updateable }) => ({
    name,
    type,
    externalId,
    unique,
    updateable,
  }))
  return ok({ fields: new Map(fields.map((field) => [field.name, field])) })
}

/** An object's fields as Salesforce describes them. */
export async function askForFields(
  calls: SalesforceCalls,
  clock: Clock,
  entity: string,
  context: CallContext,
): Promise<Result<readonly Field[]>> {
  const subject = searchSubject(`the object ${entity}`, context)
  const asked = await calls.ask((connection) => connection.describe(entity), subject, {
    ...context,
    purpose: 'look-up',
  })
  if (!asked.ok) return asked
  const { answer, value } = asked.value
  if (value !== undefined && Array.isArray(value.fields)) return ok(value.fields)
  const failure = explainRefusal(answer, subject, clock.now())
  if (answer.status !== 404 || failure.code !== 'NOT_FOUND') return failed(failure)
  return failed({
    ...failure,
    code: 'INVALID_TYPE',
    sentence: `Salesforce has no object "${entity}", or Patchbay may not see it.`,
    fix: 'Give the integration user access to the object, or correct the mapping.',
  })
}

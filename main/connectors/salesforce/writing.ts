import type { Clock } from '#main/base/clock.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { RemoteRecord, Values } from '#shared/domain/record.ts'
import type { Cached } from '../cached.ts'
import type { CallContext, Connector, CreateOrder, UpdateOrder, WriteReceipt } from '../connector.ts'
import { writeSubject } from '../subject.ts'
import type { SalesforceCalls } from './call.ts'
import type { ObjectShape } from './describe.ts'
import { explainRefusal } from './refusal.ts'
import { nameTwins } from './twins.ts'

export interface WritingOptions {
  readonly calls: SalesforceCalls
  readonly shapes: Cached<ObjectShape>
  readonly clock: Clock
  readonly externalIdField: string
  readonly fetch: Connector['fetch']
  readonly findByCrossReference: Connector['findByCrossReference']
}

/** The writing half of the connector. Salesforce answers writes without the record, so receipts tell no version. */
export function createWriting(options: WritingOptions): Pick<Connector, 'create' | 'update'> {
  const { fetch, shapes } = options
  const forgetShape = (entity: string, result: Result<WriteReceipt>) => {
    if (!result.ok && result.failure.code.startsWith('INVALID_FIELD')) shapes.forget(entity)
    return result
  }
  return {
    create: async (order, context) => {
      const result = forgetShape(order.entity, await upsert(options, order, context))
      return nameTwins(result, order.entity, null, fetch, context)
    },
    update: async (order, context) => {
      const result = forgetShape(order.entity, await update(options, order, context))
      return nameTwins(result, order.entity, order.id, fetch, context)
    },
  }
}

/** Salesforce itself sees to it that there is one record for each external id: 201 made it, 200 and 204 found it. */
async function upsert(
  options: WritingOptions,
  order: CreateOrder,
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  const { calls, clock, externalIdField: key } = options
  const { entity, foreignId } = order
  const { [key]: _, Id: __, ...values } = order.values
  const subject = writeSubject(entity, null, values, context)
  const asked = await calls.ask(
    (connection) => connection.sobject(entity).upsert({ ...values, [key]: encodeURIComponent(foreignId) }, key),
    subject,
    context,
  )
  if (!asked.ok) return asked
  const { answer, value } = asked.value
  if (answer.status >= 300 || value === undefined) return failed(explainRefusal(answer, subject, clock.now()))
  if (!value.success || !value.id) return readBack(options, order, answer.status === 201, context)
  const record = written(entity, value.id, { ...values, Id: value.id, [key]: foreignId }, foreignId)
  return ok({ created: answer.status === 201, record })
}

/** Older versions of the API answer an upsert of an existing record with 204 and no id. */
async function readBack(
  options: WritingOptions,
  order: CreateOrder,
  created: boolean,
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  const found = await options.findByCrossReference(order.entity, order.foreignId, { ...context, purpose: 'read-back' })
  if (!found.ok) return found
  const [record] = found.value
  if (record !== undefined) return ok({ created, record })
  return failed({
    class: 'unknown',
    stage: 'deliver',
    code: 'NOT_READ_BACK',
    sentence: `Salesforce said that the ${order.entity} was saved, but it was not found afterwards. Patchbay looks before it tries again.`,
  })
}

async function update(
  options: WritingOptions,
  order: UpdateOrder,
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  const { calls, externalIdField: key } = options
  const { entity, id, changes, before } = order
  const subject = writeSubject(entity, id, changes, context)
  const done = await calls.need(
    (connection) => connection.sobject(entity).update({ ...changes, Id: id }),
    subject,
    context,
  )
  if (!done.ok) return done
  const reference = changes[key]
  const crossReference = reference === undefined ? before.crossReference : reference === null ? null : String(reference)
  return ok({ created: false, record: written(entity, id, { ...before.values, ...changes }, crossReference) })
}

function written(entity: string, id: string, values: Values, crossReference: string | null): RemoteRecord {
  return { ref: { system: 'salesforce', entity, id }, version: null, changedBy: null, values, crossReference }
}

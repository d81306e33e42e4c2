import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { Json, RemoteRecord, Values } from '#shared/domain/record.ts'
import { labelOf } from '#shared/logic/record-name.ts'
import type { CallContext, CreateOrder, WriteReceipt } from '../connector.ts'
import type { Subject } from '../rule-book.ts'
import { writeSubject } from '../subject.ts'
import { withCustomValues } from './catalogue.ts'
import { newItem } from './communication.ts'
import type { EntityShape } from './entities.ts'
import { sortValues, toBody } from './patch.ts'
import { rawRecord, toRemoteRecord } from './raw-record.ts'
import { shapeOf } from './reading.ts'
import { refuse } from './refusal.ts'
import { updateRecord, type WritingOptions } from './updating.ts'

/**
 * Makes a record once. ConnectWise has no idempotency key, so the foreign id travels inside the create and is looked for
 * first, unless nothing can have been made: an earlier attempt whose answer was lost is found here and not repeated.
 */
export async function createRecord(
  options: WritingOptions,
  order: CreateOrder,
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  const { client, crossReferenceCaption } = options
  const { entity, foreignId } = order
  const subject = writeSubject(entity, null, order.values, context)
  const shape = shapeOf(entity)
  if (!shape.ok) return shape
  const found = await findMade(options, order, context)
  if (!found.ok) return found
  const [record, twin] = found.value
  if (twin !== undefined)
    return failed(refuse('TWINS', subject, { message: found.value.slice(0, 5).map(labelOf).join(', ') }))
  if (record !== undefined) return ok({ created: false, record })

  const body = await toCreateBody(options, shape.value, order, subject, context)
  if (!body.ok) return body
  const created = await client.need({ method: 'POST', path: shape.value.path, body: body.value }, subject, context)
  if (!created.ok) return created
  const raw = rawRecord.safeParse(created.value.json)
  if (raw.success) {
    const made = toRemoteRecord(entity, shape.value, crossReferenceCaption, raw.data)
    return ok({ created: true, record: await ensureMarked(options, shape.value, made, foreignId, context) })
  }
  return failed({
    class: 'unknown',
    stage: subject.stage,
    code: 'NOT_A_RECORD',
    sentence: `ConnectWise said that ${subject.record} was saved, but did not show it. Patchbay looks before it tries again.`,
  })
}

/** What an earlier attempt has made. */
function findMade(
  { reading }: WritingOptions,
  { entity, foreignId, isAbsent }: CreateOrder,
  context: CallContext,
): Promise<Result<readonly RemoteRecord[]>> {
  if (isAbsent === true) return Promise.resolve(ok([]))
  return reading.findByCrossReference(entity, foreignId, { ...context, purpose: 'look-up' })
}

/**
 * Writes the foreign id once more when ConnectWise dropped it from the create without a word. If that fails too the record is still
 * made, and the caller, who keeps its id, is told so.
 */
async function ensureMarked(
  options: WritingOptions,
  shape: EntityShape,
  made: RemoteRecord,
  foreignId: string,
  context: CallContext,
): Promise<RemoteRecord> {
  if (made.crossReference === foreignId) return made
  const field = shape.crossReferenceField ?? `customFields/${options.crossReferenceCaption}`
  const { entity, id } = made.ref
  const marked = await updateRecord(options, { entity, id, changes: { [field]: foreignId }, before: made }, context)
  return marked.ok ? marked.value.record : made
}

async function toCreateBody(
  options: WritingOptions,
  shape: EntityShape,
  order: CreateOrder,
  subject: Subject,
  context: CallContext,
): Promise<Result<Json>> {
  const { fields, customFields, communications } = sortValues(order.entity, order.values)
  const body = toBody(fields)
  const custom: Values = { ...withoutNull(customFields) }
  if (shape.crossReferenceField !== null) body[shape.crossReferenceField] = order.foreignId
  else custom[options.crossReferenceCaption] = order.foreignId

  if (Object.keys(custom).length > 0) {
    const known = await options.catalogue.customFields.get(shape.path, context)
    if (!known.ok) return known
    // Refused before the record exists: without its cross-reference a second attempt could not find it.
    const whole = withCustomValues(known.value, custom, subject)
    if (!whole.ok) {
      options.catalogue.customFields.forget(shape.path)
      return whole
    }
    body['customFields'] = whole.value
  }
  const items = await toItems(options, withoutNull(communications), subject, context)
  if (!items.ok) return items
  if (items.value.length > 0) body['communicationItems'] = items.value
  return ok(body)
}

async function toItems(
  { catalogue }: WritingOptions,
  values: Values,
  subject: Subject,
  context: CallContext,
): Promise<Result<Json[]>> {
  if (Object.keys(values).length === 0) return ok([])
  const types = await catalogue.communicationTypes.get('', context)
  if (!types.ok) return types
  const items: Json[] = []
  const kinds: { id: number; communicationType: string }[] = []
  for (const [field, value] of Object.entries(values)) {
    const item = newItem(field, String(value), kinds, types.value)
    if (item === null) return failed(refuse('NO_COMMUNICATION_TYPE', subject, { field }))
    kinds.push({ id: 0, communicationType: item.communicationType })
    items.push(item)
  }
  return ok(items)
}

function withoutNull(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
}

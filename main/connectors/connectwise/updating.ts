import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { Json, Values } from '#shared/domain/record.ts'
import type { CallContext, UpdateOrder, WriteReceipt } from '../connector.ts'
import type { Subject } from '../rule-book.ts'
import { writeSubject } from '../subject.ts'
import { withCustomValues, type Catalogue } from './catalogue.ts'
import type { ConnectwiseClient } from './client.ts'
import { findItem, newItem, splitExtension } from './communication.ts'
import type { EntityShape } from './entities.ts'
import { sortValues, toOperations, type Operation } from './patch.ts'
import { findUntaken } from './read-back.ts'
import { rawRecord, toRemoteRecord, type CommunicationItem, type RawRecord } from './raw-record.ts'
import { shapeOf, type Reading } from './reading.ts'
import { refuse } from './refusal.ts'

export interface WritingOptions {
  readonly client: ConnectwiseClient
  readonly reading: Reading
  readonly catalogue: Catalogue
  readonly crossReferenceCaption: string
}

/** Writes the changes, and believes them only when the record that comes back holds them. */
export async function updateRecord(
  options: WritingOptions,
  order: UpdateOrder,
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  const { entity, id, changes } = order
  const subject = writeSubject(entity, id, changes, context)
  const shape = shapeOf(entity)
  if (!shape.ok) return shape
  const { fields, customFields, communications } = sortValues(entity, changes)
  const needsCurrent = Object.keys(customFields).length > 0 || Object.keys(communications).length > 0

  let current: RawRecord | null = null
  if (needsCurrent) {
    // Custom fields go as a whole and items by their ids: both are read as late as possible.
    const asked = await need(options, order, subject, { ...context, purpose: 'compare' })
    if (!asked.ok) return asked
    current = asked.value
  }
  const operations = toOperations(fields)
  if (current !== null && Object.keys(customFields).length > 0) {
    const whole = withCustomValues(current.customFields ?? [], customFields, subject)
    if (!whole.ok) return whole
    operations.push({ op: 'replace', path: 'customFields', value: whole.value })
  }
  if (operations.length > 0) {
    const patched = await patch(options, shape.value, order, operations, subject, context)
    if (!patched.ok) return patched
    current = patched.value
  }
  if (current !== null && Object.keys(communications).length > 0) {
    const written = await writeItems(options, shape.value, order, communications, subject, context)
    if (!written.ok) return written
    current = written.value
  }
  if (current === null) return ok({ created: false, record: order.before })
  const record = toRemoteRecord(entity, shape.value, options.crossReferenceCaption, current)
  const untaken = findUntaken(changes, record, shape.value, subject)
  return untaken === null ? ok({ created: false, record }) : failed(untaken)
}

async function patch(
  options: WritingOptions,
  shape: EntityShape,
  order: UpdateOrder,
  operations: readonly Operation[],
  subject: Subject,
  context: CallContext,
): Promise<Result<RawRecord>> {
  const path = `${shape.path}/${encodeURIComponent(order.id)}`
  const patched = await options.client.need(
    { method: 'PATCH', path, body: operations.map((operation) => ({ ...operation })) },
    subject,
    context,
  )
  if (!patched.ok) return patched
  const raw = rawRecord.safeParse(patched.value.json)
  // An answer without the record proves nothing; so it is read.
  return raw.success ? ok(raw.data) : need(options, order, subject, { ...context, purpose: 'read-back' })
}

/** Changes a contact's items one by one through their own address. The list itself is never replaced: an interrupted replacement would lose it. */
async function writeItems(
  options: WritingOptions,
  shape: EntityShape,
  order: UpdateOrder,
  communications: Values,
  subject: Subject,
  context: CallContext,
): Promise<Result<RawRecord>> {
  const asked = await need(options, order, subject, { ...context, purpose: 'compare' })
  if (!asked.ok) return asked
  const items = asked.value.communicationItems ?? []
  const path = `${shape.path}/${encodeURIComponent(order.id)}/communications`
  for (const [field, value] of Object.entries(communications)) {
    const written = await writeItem(options, path, field, value, items, subject, context)
    if (!written.ok) return written
  }
  return need(options, order, subject, { ...context, purpose: 'read-back' })
}

async function writeItem(
  { client, catalogue }: WritingOptions,
  path: string,
  field: string,
  value: Json,
  items: readonly CommunicationItem[],
  subject: Subject,
  context: CallContext,
): Promise<Result<unknown>> {
  const item = findItem(field, items)
  if (value === null || value === '') {
    return item === null ? ok(null) : client.need({ method: 'DELETE', path: `${path}/${item.id}` }, subject, context)
  }
  if (item !== null) {
    const parts = { extension: item.extension ? null : undefined, ...splitExtension(field, String(value)) }
    const operations = Object.entries(parts).flatMap(([name, part]) =>
      part === undefined ? [] : [{ op: 'replace', path: name, value: part }],
    )
    return client.need({ method: 'PATCH', path: `${path}/${item.id}`, body: operations }, subject, context)
  }
  const types = await catalogue.communicationTypes.get('', context)
  if (!types.ok) return types
  const added = newItem(field, String(value), items, types.value)
  if (added === null) return failed(refuse('NO_COMMUNICATION_TYPE', subject, { field }))
  return client.need({ method: 'POST', path, body: added }, subject, context)
}

/** The record as it is now; that it is gone is a failure here. */
async function need(
  { reading }: WritingOptions,
  order: UpdateOrder,
  subject: Subject,
  context: CallContext,
): Promise<Result<RawRecord>> {
  const asked = await reading.fetchRaw(order.entity, order.id, context)
  if (!asked.ok) return asked
  if (asked.value !== null) return ok(asked.value)
  return failed({
    class: 'permanent',
    stage: subject.stage,
    code: 'NotFound',
    sentence: `The ${order.entity} ${order.id} is not in ConnectWise any more.`,
    fix: 'Restore the record in ConnectWise and replay, or unlink it in Patchbay.',
  })
}

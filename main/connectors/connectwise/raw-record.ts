import * as z from 'zod'
import type { Json, RemoteRecord, Values } from '#shared/domain/record.ts'
import { readCommunications } from './communication.ts'
import type { EntityShape } from './entities.ts'

/** A record as ConnectWise sends it. */
export const rawRecord = z.looseObject({
  id: z.number().int(),
  _info: z.looseObject({ lastUpdated: z.string().nullish(), updatedBy: z.string().nullish() }).nullish(),
  customFields: z
    .array(z.looseObject({ id: z.number().int(), caption: z.string(), value: z.json().nullish() }))
    .nullish(),
  communicationItems: z
    .array(
      z.looseObject({
        id: z.number().int(),
        type: z.looseObject({ id: z.number().int(), name: z.string().nullish() }).nullish(),
        value: z.string().nullish(),
        extension: z.string().nullish(),
        defaultFlag: z.boolean().nullish(),
        communicationType: z.string().nullish(),
      }),
    )
    .nullish(),
})
export type RawRecord = z.infer<typeof rawRecord>
export type CustomField = NonNullable<RawRecord['customFields']>[number]
export type CommunicationItem = NonNullable<RawRecord['communicationItems']>[number]

/** Reads a record into flat names: references `company/id`, custom fields `customFields/<caption>`, a contact's items `email`, `phone`, `mobile`, `fax`. */
export function toRemoteRecord(
  entity: string,
  shape: EntityShape,
  crossReferenceCaption: string,
  raw: RawRecord,
): RemoteRecord {
  const values: Values = Object.fromEntries(shape.optional.map((name) => [name, null]))
  for (const [name, value] of Object.entries(raw)) {
    if (name === '_info' || name === 'customFields' || name === 'communicationItems') continue
    // An empty reference: its parts are empty already.
    if (value === null && `${name}/id` in values) continue
    addFlat(values, name, value)
  }
  for (const field of raw.customFields ?? []) values[`customFields/${field.caption}`] = field.value ?? null
  if (entity === 'contact') Object.assign(values, readCommunications(raw.communicationItems ?? []))
  const reference = values[shape.crossReferenceField ?? `customFields/${crossReferenceCaption}`]
  const winner = values['mergedParentTicket/id']
  return {
    ref: { system: 'connectwise', entity, id: String(raw.id) },
    version: raw._info?.lastUpdated ?? null,
    changedBy: raw._info?.updatedBy ?? null,
    values,
    crossReference: reference === undefined || reference === null || reference === '' ? null : String(reference),
    mergedInto: typeof winner === 'number' ? String(winner) : null,
  }
}

function addFlat(values: Values, name: string, value: unknown): void {
  if (isScalar(value)) values[name] = value
  else if (Array.isArray(value)) values[name] = value.map(withoutInfo)
  else if (typeof value === 'object' && value !== null) {
    for (const [part, inner] of Object.entries(value)) if (isScalar(inner)) values[`${name}/${part}`] = inner
  }
}

function withoutInfo(item: unknown): Json {
  if (isScalar(item)) return item
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return null
  return Object.fromEntries(Object.entries(item).filter((entry): entry is [string, string] => isScalar(entry[1])))
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

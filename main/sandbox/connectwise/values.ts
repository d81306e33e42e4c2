import * as z from 'zod'
import type { Json } from '#shared/domain/record.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { communicationTypes } from './catalogue.ts'
import type { Complaint } from './errors.ts'
import type { ConnectWiseEntity, ConnectWiseField } from './schema.ts'

/** A value as it is stored, or the complaint about it. */
export type Taken = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly complaint: Complaint }

/** Finds the record that a reference names, as the reference to be stored; null when there is none. */
export type Resolve = (to: string, given: Doc) => Doc | null

/** Checks one value of a record and brings it into the form it is stored in. */
export function takeValue(entity: ConnectWiseEntity, field: ConnectWiseField, given: Json, resolve: Resolve): Taken {
  if (field.kind === 'custom') return takeCustomFields(entity, given)
  if (field.kind === 'communications') return takeCommunications(entity, given)
  if (given === null || given === '') return stored(field.kind === 'references' || field.kind === 'tags' ? [] : null)
  switch (field.kind) {
    case 'text':
      return takeText(entity, field, given)
    case 'number':
      return typeof given === 'number' ? stored(given) : wrongKind(entity, field, 'a number')
    case 'boolean':
      return typeof given === 'boolean' ? stored(given) : wrongKind(entity, field, 'true or false')
    case 'instant': {
      const ms = typeof given === 'string' ? Date.parse(given) : Number.NaN
      if (Number.isNaN(ms)) return wrongKind(entity, field, 'a date')
      return stored(`${new Date(ms).toISOString().slice(0, 19)}Z`)
    }
    case 'reference':
      return takeReference(entity, field, given, resolve)
    case 'references':
    case 'tags':
      return Array.isArray(given) ? stored(given) : wrongKind(entity, field, 'a list')
  }
}

function stored(value: Json): Taken {
  return { ok: true, value }
}

export function complain(entity: ConnectWiseEntity, code: string, message: string, field: string): Complaint {
  return { code, message, resource: entity.name, field }
}

function refuse(entity: ConnectWiseEntity, message: string, field: string, code = 'InvalidField'): Taken {
  return { ok: false, complaint: complain(entity, code, message, field) }
}

function wrongKind(entity: ConnectWiseEntity, field: ConnectWiseField, kind: string): Taken {
  return refuse(entity, `The field ${field.name} must be ${kind}.`, field.name)
}

function takeText(entity: ConnectWiseEntity, field: ConnectWiseField, given: Json): Taken {
  if (typeof given === 'object') return wrongKind(entity, field, 'a string')
  const text = String(given)
  if (field.maxLength > 0 && text.length > field.maxLength) {
    const message = `The field ${field.name} must be a string with a maximum length of ${field.maxLength}.`
    return refuse(entity, message, field.name)
  }
  return stored(text)
}

function takeReference(entity: ConnectWiseEntity, field: ConnectWiseField, given: Json, resolve: Resolve): Taken {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return wrongKind(entity, field, 'a reference')
  const found = resolve(field.to ?? '', given)
  if (found !== null) return stored(found)
  const named = String(given['id'] ?? given['identifier'] ?? given['name'] ?? '')
  return refuse(entity, `${field.name} '${named}' is not found or not allowed here.`, field.name, 'InvalidReference')
}

const customFieldList = z.array(z.looseObject({ id: z.number(), value: z.json().optional() }))

/** A custom field that the list leaves out loses its value: the list is always taken as a whole. */
function takeCustomFields(entity: ConnectWiseEntity, given: Json): Taken {
  const list = customFieldList.safeParse(given ?? [])
  if (!list.success) return refuse(entity, 'customFields must be a list of fields with their id.', 'customFields')
  return stored(
    entity.customFields.map((custom) => ({
      id: custom.id,
      caption: custom.caption,
      type: custom.type,
      entryMethod: 'EntryField',
      numberOfDecimals: custom.type === 'Number' ? 2 : 0,
      value: list.data.find((one) => one.id === custom.id)?.value ?? null,
    })),
  )
}

const communicationList = z.array(
  z.looseObject({
    id: z.number().optional(),
    type: z.looseObject({ id: z.number().optional(), name: z.string().optional() }).optional(),
    value: z.string().max(250),
    extension: z.string().nullish(),
    defaultFlag: z.boolean().optional(),
    communicationType: z.enum(['Email', 'Phone', 'Fax']).optional(),
  }),
)

/** Communication items without an id are new; `numberOf` in the store gives them one. */
function takeCommunications(entity: ConnectWiseEntity, given: Json): Taken {
  const list = communicationList.safeParse(given ?? [])
  if (!list.success) return refuse(entity, 'Could not cast communicationItems.', 'communicationItems', 'InvalidPatch')
  const items: Doc[] = []
  for (const item of list.data) {
    const type = communicationTypes.find((one) =>
      item.type === undefined
        ? one.communicationType === item.communicationType
        : one.id === item.type.id || one.name === item.type.name,
    )
    if (type === undefined) return refuse(entity, 'communicationItems need a known type.', 'communicationItems')
    const isFirst = !items.some((one) => one['communicationType'] === type.communicationType)
    items.push({
      id: item.id ?? null,
      type: { id: type.id, name: type.name },
      value: item.value,
      extension: item.extension ?? null,
      defaultFlag: item.defaultFlag ?? isFirst,
      communicationType: type.communicationType,
      ...(type.communicationType === 'Email' ? { domain: `@${item.value.split('@')[1] ?? ''}` } : {}),
    })
  }
  return stored(items)
}

import type { Field } from 'jsforce/lib/types/common.js'
import * as z from 'zod'
import type { Clock } from '#main/base/clock.ts'
import { ok } from '#shared/domain/failure.ts'
import type { FieldDescription, FieldType } from '#shared/domain/schema.ts'
import type { Connector } from '../connector.ts'
import { searchSubject } from '../subject.ts'
import type { SalesforceCalls } from './call.ts'
import { askForFields } from './describe.ts'

/** Salesforce's words for what a field holds; what is not here is `other`. */
const types: Readonly<Record<string, FieldType>> = {
  string: 'text',
  encryptedstring: 'text',
  id: 'text',
  textarea: 'multiline',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'instant',
  picklist: 'picklist',
  multipicklist: 'picklist',
  combobox: 'picklist',
  reference: 'reference',
  email: 'email',
  phone: 'phone',
  url: 'url',
}

/** Made up of other fields, which stand beside them. */
const compound = ['address', 'location']

const pickListEntry = z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean().default(true) })

/** What Salesforce says of its objects, asked anew each time. */
export function createDescribing(calls: SalesforceCalls, clock: Clock): Pick<Connector, 'describe' | 'listEntities'> {
  return {
    async listEntities(context) {
      const subject = searchSubject('the list of objects', context)
      const look = { ...context, purpose: 'look-up' as const }
      const asked = await calls.need((connection) => connection.describeGlobal(), subject, look)
      if (!asked.ok) return asked
      const wanted = asked.value.value.sobjects.filter((one) => one.queryable && one.createable && one.updateable)
      return ok(wanted.map(({ name, label }) => ({ name, label })))
    },
    async describe(entity, context) {
      const asked = await askForFields(calls, clock, entity, context)
      if (!asked.ok) return asked
      const fields = asked.value.filter(({ type }) => !compound.includes(type)).map(toDescription)
      return ok({ fields, remarks: [] })
    },
  }
}

function toDescription(field: Field): FieldDescription {
  const { name, label, length, createable, updateable, nillable, defaultedOnCreate } = field
  const type = types[field.type] ?? 'other'
  return {
    name,
    label,
    type,
    required: createable && !nillable && !defaultedOnCreate && type !== 'boolean',
    length: length > 0 ? length : null,
    readOnly: !createable && !updateable,
    createOnly: createable && !updateable,
    values: type === 'picklist' ? readValues(field.picklistValues) : null,
    restricted: field.restrictedPicklist,
    referenceTo: field.referenceTo?.[0] ?? null,
  }
}

function readValues(list: Field['picklistValues']): FieldDescription['values'] {
  return z
    .array(pickListEntry)
    .catch([])
    .parse(list ?? [])
    .map(({ value, label, active }) => ({ value, label: label ?? value, active }))
}

import type { Json, Values } from '#shared/domain/record.ts'
import { isObject } from './json-text.ts'

/**
 * The flat field name of one part of a compound field, as Salesforce's REST API calls it: `Name.LastName` is `LastName`,
 * `BillingAddress.City` is `BillingCity`, `Place__c.Latitude` is `Place__Latitude__s`. Null where the field is no compound we know.
 */
export function flatName(field: string, part: string): string | null {
  if (field === 'Name') return part
  if (field.endsWith('Address')) return field.slice(0, -'Address'.length) + part
  return field.endsWith('__c') ? `${field.slice(0, -1)}${part}__s` : null
}

/** Change events carry names and addresses as nested objects; mappings know their parts by the flat names of the REST API. */
export function flattenCompounds(fields: Iterable<readonly [string, Json]>): Values {
  const flat: Values = {}
  for (const [field, value] of fields) {
    if (!isObject(value) || flatName(field, '') === null) {
      flat[field] = value
      continue
    }
    for (const [part, partValue] of Object.entries(value)) flat[flatName(field, part) ?? field] = partValue
  }
  return flat
}

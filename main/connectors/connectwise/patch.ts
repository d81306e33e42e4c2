import type { Json, Values } from '#shared/domain/record.ts'
import { isCommunicationField } from './communication.ts'

export interface Operation {
  readonly op: 'replace'
  readonly path: string
  readonly value: Json
}

/** Flat values, sorted by the way in which they are written. */
export interface SortedValues {
  /** Plain fields and references. */
  readonly fields: Values
  /** By caption. */
  readonly customFields: Values
  /** A contact's `email`, `phone`, `mobile`, `fax`. */
  readonly communications: Values
}

export function sortValues(entity: string, values: Values): SortedValues {
  const sorted = { fields: {} as Values, customFields: {} as Values, communications: {} as Values }
  for (const [field, value] of Object.entries(values)) {
    if (field.startsWith('customFields/')) sorted.customFields[field.slice('customFields/'.length)] = value
    else if (entity === 'contact' && isCommunicationField(field)) sorted.communications[field] = value
    else sorted.fields[field] = value
  }
  return sorted
}

/**
 * JSON Patch operations for plain fields and references. References are replaced whole: a patch of `company/identifier` is
 * answered with 200 and changes nothing (PSA Developer Guide).
 */
export function toOperations(fields: Values): Operation[] {
  return Object.entries(nest(fields)).map(([path, value]) => ({ op: 'replace', path, value }))
}

/** The body of a create: nested, without what is empty. */
export function toBody(fields: Values): Record<string, Json> {
  return Object.fromEntries(Object.entries(nest(fields)).filter(([, value]) => value !== null))
}

/** `company/id` and the like become one reference; where the id is known it alone decides. */
function nest(fields: Values): Record<string, Json> {
  const nested: Record<string, Json> = {}
  for (const [field, value] of Object.entries(fields)) {
    const [name = field, part] = field.split('/', 2)
    if (part === undefined) {
      nested[name] = value
      continue
    }
    const known = nested[name]
    if (isReference(known) && 'id' in known) continue
    if (value === null) nested[name] ??= null
    else if (part === 'id') nested[name] = { id: toId(value) }
    else nested[name] = { ...(isReference(known) ? known : {}), [part]: value }
  }
  return nested
}

function isReference(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Ids travel as text inside Patchbay; ConnectWise wants numbers. */
function toId(value: Json): Json {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
}

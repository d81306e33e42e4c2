import type { Json } from '#shared/domain/record.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { salesforceError } from './errors.ts'
import type { SalesforceError } from './errors.ts'
import { fullId } from './record-id.ts'
import type { SalesforceField, SalesforceObject } from './schema.ts'

/** Values made ready to be stored, or what is wrong with them. */
export type Checked =
  { readonly ok: true; readonly values: Doc } | { readonly ok: false; readonly error: SalesforceError }

/** Looks up whether a record that a reference names is there. */
export type Exists = (entity: string, id: string) => boolean

/**
 * Checks the body of a write as Salesforce does: unknown fields, fields nobody may write, kinds, lengths, restricted
 * picklists, references, then required fields. Text is trimmed, and empty text is no value.
 */
export function checkValues(object: SalesforceObject, sent: Doc, isCreate: boolean, exists: Exists): Checked {
  const values: Doc = {}
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'attributes') continue
    const field = object.fields.get(name)
    if (field === undefined) {
      const message = `No such column '${name}' on sobject of type ${object.name}`
      return wrong('INVALID_FIELD', message)
    }
    if (field.readOnly) return wrong('INVALID_FIELD_FOR_INSERT_UPDATE', unwritable(name), [name])
    const checked = checkValue(object, field, value, exists)
    if (!checked.ok) return checked
    values[name] = checked.values[name] ?? null
  }
  return missing(object, values, isCreate) ?? { ok: true, values }
}

function wrong(code: string, message: string, fields: readonly string[] = []): Checked {
  return { ok: false, error: salesforceError(400, code, message, fields) }
}

function unwritable(name: string): string {
  return (
    `Unable to create/update fields: ${name}. Please check the security settings of this field and verify that it is ` +
    `read/write for your profile or permission set.`
  )
}

function missing(object: SalesforceObject, values: Doc, isCreate: boolean): Checked | null {
  const names = [...object.fields.values()]
    .filter((field) => field.required && (field.name in values ? values[field.name] === null : isCreate))
    .map((field) => field.name)
  if (names.length === 0) return null
  return wrong('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names)
}

function checkValue(object: SalesforceObject, field: SalesforceField, sent: Json, exists: Exists): Checked {
  const { name } = field
  const value = typeof sent === 'string' ? sent.trim() : sent
  if (value === null || value === '') return { ok: true, values: { [name]: null } }
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? { ok: true, values: { [name]: value } } : unreadable('boolean', value)
    case 'double':
    case 'currency':
    case 'percent': {
      const number = typeof value === 'string' ? Number(value) : value
      const isNumber = typeof number === 'number' && Number.isFinite(number)
      return isNumber ? { ok: true, values: { [name]: number } } : unreadable('double', value)
    }
    case 'date':
      return isDate(value) ? { ok: true, values: { [name]: value } } : unreadable('date', value)
    case 'reference':
      return checkReference(object, field, value, exists)
    default:
      return checkText(field, value)
  }
}

function unreadable(kind: string, value: Json): Checked {
  const from = typeof value === 'string' ? 'STRING' : typeof value === 'number' ? 'NUMBER_INT' : 'OBJECT'
  return wrong(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from VALUE_${from} value ${JSON.stringify(value)}`,
  )
}

function isDate(value: Json): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
}

function checkReference(object: SalesforceObject, field: SalesforceField, value: Json, exists: Exists): Checked {
  const { name, label } = field
  const id = typeof value === 'string' ? fullId(value) : null
  if (id === null) return wrong('MALFORMED_ID', `${label}: id value of incorrect type: ${String(value)}`, [name])
  if (field.referenceTo !== null && !exists(field.referenceTo, id)) {
    return wrong('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${object.name} ${label} ${id}`, [name])
  }
  return { ok: true, values: { [name]: id } }
}

function checkText(field: SalesforceField, value: Json): Checked {
  const { name, label } = field
  if (typeof value === 'object') return unreadable('string', value)
  const text = String(value)
  if (text.length > field.length) {
    const shown = text.slice(0, 80)
    return wrong('STRING_TOO_LONG', `${label}: data value too large: ${shown} (max length=${field.length})`, [name])
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return wrong('INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${text}`, [name])
  }
  if (field.restricted && !field.values.includes(text)) {
    const message = `${label}: bad value for restricted picklist field: ${text}`
    return wrong('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [name])
  }
  return { ok: true, values: { [name]: text } }
}

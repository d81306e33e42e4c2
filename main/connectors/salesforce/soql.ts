import type { FieldShape } from './describe.ts'

const numeric = new Set(['int', 'long', 'double', 'currency', 'percent'])
const temporal = new Set(['date', 'datetime', 'time'])

/**
 * `value` as a SOQL literal for the field, or null when no value of the field's type could look like that. All SOQL of
 * Patchbay takes its values from here. (SOQL and SOSL Reference: quoted string escape sequences.)
 */
export function soqlLiteral(field: FieldShape, value: string): string | null {
  if (field.type === 'boolean') return /^(true|false)$/i.test(value) ? value.toLowerCase() : null
  if (numeric.has(field.type)) return /^-?\d+(\.\d+)?$/.test(value) ? value : null
  if (temporal.has(field.type)) return /^[\dT:.+\-Z]+$/.test(value) ? value : null
  return `'${value.replace(/[\\'"\n\r\t]/g, (character) => escapes[character] ?? character)}'`
}

const escapes: Record<string, string> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

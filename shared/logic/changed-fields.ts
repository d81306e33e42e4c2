import type { Json } from '#shared/domain/record.ts'
import { sameJson } from './json.ts'
import { isSecretName, redacted } from './redact.ts'

/** One place in a document that was changed. */
export interface ChangedField {
  /** Names on the way to it, with dots. */
  readonly field: string
  /** null: it was not there. */
  readonly from: Json
  readonly to: Json
}

/** Changes that a summary lists; what has more is better read as a whole. */
const mostListed = 40
/** Characters of a value that a summary keeps. */
const longestValue = 200

/** What differs between two documents, from the outside in; null: there was none. Secrets are never told. */
export function changedFields(before: object | null, after: object | null): ChangedField[] {
  const found: ChangedField[] = []
  collect('', plain(before), plain(after), found)
  return found.slice(0, mostListed)
}

/** Without what is not set. */
function plain(document: object | null): Json {
  return JSON.parse(JSON.stringify(document)) as Json
}

function collect(path: string, before: Json, after: Json, found: ChangedField[]): void {
  if (found.length >= mostListed || sameJson(before, after)) return
  const [one, other] = [members(before), members(after)]
  // A whole that came or went is told as one.
  if (one === null || other === null)
    return void found.push({ field: path, from: told(path, before), to: told(path, after) })
  for (const name of new Set([...one.keys(), ...other.keys()]))
    collect(path === '' ? name : `${path}.${name}`, one.get(name) ?? null, other.get(name) ?? null, found)
}

/** Members by name; of a list by place, counted from 1. */
function members(value: Json): Map<string, Json> | null {
  if (Array.isArray(value)) return new Map(value.map((one, index) => [String(index + 1), one]))
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null
}

function told(path: string, value: Json): Json {
  if (value === null) return null
  if (isSecretName(path.split('.').at(-1) ?? path)) return redacted
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length <= longestValue) return value
  return `${text.slice(0, longestValue)}…`
}

import { isUtf8 } from 'node:buffer'
import type { Json } from '#shared/domain/record.ts'
import { accepted, refused } from './reason.ts'
import type { Checked } from './reason.ts'

export type JsonObject = { [name: string]: Json }

/** Deeper bodies are refused: everything that later walks a payload may do so by recursion. */
export const maxDepth = 64

/** Text of a body that has to be UTF-8; a byte order mark is dropped. */
export function decodeText(bytes: Buffer): Checked<string> {
  if (!isUtf8(bytes)) return refused(400, 'bad-shape', 'The body is not UTF-8 text.')
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return accepted(bytes.toString('utf8', start))
}

/** Parses JSON from outside: bounded in depth and without `__proto__` members, which later copies could take for a prototype. */
export function parseJson(text: string): Checked<Json> {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    return refused(400, 'not-json', `The body is not JSON: ${(error as SyntaxError).message.slice(0, 200)}.`)
  }
  if (!clean(value, 0)) return refused(400, 'bad-shape', `The body is nested deeper than ${maxDepth} levels.`)
  return accepted(value)
}

/** False when `value` is too deep; takes `__proto__` members out on the way. */
function clean(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth >= maxDepth) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!clean(item, depth + 1)) return false
    return true
  }
  for (const name in value) {
    if (name === '__proto__') delete value[name]
    else if (!clean(value[name] as Json, depth + 1)) return false
  }
  return true
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A non-empty text or a number as text; null for everything else. */
export function readText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' ? String(value) : null
}

/** The text of each item of a JSON array, exactly as it stands there. `text` has to be a valid JSON array. */
export function splitArray(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x22) index = endOfString(text, index)
    else if (code === 0x5b || code === 0x7b) {
      depth += 1
      if (depth === 1) start = index + 1
    } else if (code === 0x5d || code === 0x7d) depth -= 1
    if (depth === 0 ? code === 0x5d : depth === 1 && code === 0x2c) {
      const part = text.slice(start, index).trim()
      if (part !== '') parts.push(part)
      start = index + 1
    }
  }
  return parts
}

function endOfString(text: string, open: number): number {
  for (let index = open + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x5c) index += 1
    else if (code === 0x22) return index
  }
  return text.length
}

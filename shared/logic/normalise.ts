import type { Normaliser } from '#shared/domain/mapping.ts'
import type { Json, SystemName } from '#shared/domain/record.ts'
import { civilDate, writtenDate } from './civil-date.ts'
import { htmlToText } from './html.ts'
import { isEmpty, sameJson } from './json.ts'
import { comparablePhone, defaultPhoneCountry, writtenPhone } from './phone.ts'
import { manyLines, oneLine } from './text.ts'

/** What a normaliser has to know besides the value. */
export interface NormaliseOptions {
  /** The system that the value is written to; matters for dates. */
  readonly to: SystemName
  /** ISO code of the country that bare phone numbers belong to; absent: US. */
  readonly phoneCountry?: string
}

function toNumber(value: Json): Json {
  if (typeof value !== 'string') return value
  const text = value.trim().replace(/^[$€£]\s*/u, '')
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/u.test(text) ? text.replaceAll(',', '') : text
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : value
}

function toBoolean(value: Json): Json {
  if (value === 1 || value === 0) return value === 1
  if (typeof value !== 'string') return value
  const word = value.trim().toLowerCase()
  if (['true', 'yes', 'y', '1'].includes(word)) return true
  return ['false', 'no', 'n', '0'].includes(word) ? false : value
}

/**
 * The value as it is written to a system. Total: what a normaliser can't read stays as it was, so that the other
 * system refuses it by name instead of it being lost. Text that is empty afterwards becomes null.
 */
export function normalise(value: Json, normaliser: Normaliser, options: NormaliseOptions): Json {
  if (isEmpty(value)) return null
  if (normaliser === 'number') return toNumber(value)
  if (normaliser === 'boolean') return toBoolean(value)
  if (typeof value !== 'string') return value
  const text = writtenText(value, normaliser, options)
  return text === '' ? null : text
}

function writtenText(text: string, normaliser: Normaliser, options: NormaliseOptions): string {
  switch (normaliser) {
    case 'text':
    case 'email':
    case 'url':
      return oneLine(text)
    case 'multiline':
      return manyLines(text)
    case 'html-to-text':
      return htmlToText(text)
    case 'phone':
      return writtenPhone(text, options.phoneCountry ?? defaultPhoneCountry)
    case 'date': {
      const day = civilDate(text)
      return day === null ? text : writtenDate(day, options.to)
    }
    case 'none':
    case 'number':
    case 'boolean':
      return text
  }
}

/**
 * One form for all ways to write the same value, so that a phone's format, line ends or a cut that the other system
 * makes never look like a change. `comparable(normalise(x))` is always `comparable(x)`.
 */
export function comparable(value: Json, normaliser: Normaliser, phoneCountry = defaultPhoneCountry): Json {
  if (isEmpty(value)) return null
  if (normaliser === 'number') return toNumber(value)
  if (normaliser === 'boolean') return toBoolean(value)
  if (typeof value !== 'string') return value
  const text = comparableText(value, normaliser, phoneCountry)
  return text === '' ? null : text
}

function comparableText(text: string, normaliser: Normaliser, phoneCountry: string): string {
  switch (normaliser) {
    case 'text':
    case 'multiline':
      // Also for many lines: ConnectWise shows line breaks as spaces in places, and then no two readings agree on them.
      return oneLine(text)
    case 'html-to-text':
      return oneLine(stableText(text))
    case 'email':
      return oneLine(text).toLowerCase()
    case 'url':
      return comparableUrl(text)
    case 'phone':
      return comparablePhone(text, phoneCountry)
    case 'date':
      return civilDate(text) ?? text
    case 'none':
    case 'number':
    case 'boolean':
      return text
  }
}

/** Reads HTML until nothing of it is left, so that text which was read before compares equal to its origin. */
function stableText(html: string): string {
  let [text, before] = [htmlToText(html), html]
  // Every round that changes something makes the text shorter, but escaped entities can be nested as deep as one likes.
  for (let round = 0; text !== before && round < 20; round++) [text, before] = [htmlToText(text), text]
  return text
}

function comparableUrl(text: string): string {
  const [, host = '', rest = ''] = /^(?:https?:\/\/)?([^/?#]*)(.*)$/isu.exec(oneLine(text)) ?? []
  return host.toLowerCase() + rest.replace(/\/+$/u, '')
}

/** Are these two ways to write the same value? */
export function equalNormalised(a: Json, b: Json, normaliser: Normaliser, phoneCountry?: string): boolean {
  return sameJson(comparable(a, normaliser, phoneCountry), comparable(b, normaliser, phoneCountry))
}

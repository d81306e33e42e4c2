import { decodeText, parseJson } from '#main/inbound/parse/json-text.ts'
import { parseItems } from '#main/inbound/parse/parse-body.ts'
import { parseOutboundMessage } from '#main/inbound/parse/outbound-message.ts'
import type { ParsedBody } from '#main/inbound/parse/parsed.ts'
import { accepted, refused } from '#main/inbound/parse/reason.ts'
import type { Checked } from '#main/inbound/parse/reason.ts'
import type { Door } from './door.ts'

/** Bytes that one request may put into the journal: change events of many records keep the whole body with each of them. */
const maxStoredBytes = 64 * 1024 * 1024

/**
 * Reads the events of a verified body. What it is, is told by its first character and not by its content type: hand-written
 * callouts often name the wrong one.
 */
export function readEvents(
  door: Door,
  bytes: Buffer,
  query: URLSearchParams,
  contentType: string,
): Checked<ParsedBody> {
  const text = decodeText(bytes)
  if (!text.ok) return text
  const start = text.value.trimStart().charAt(0)
  if (start === '') return refused(400, 'not-json', 'The request has no body.')
  if (start === '<' && door.system === 'salesforce') return bounded(parseOutboundMessage(text.value))
  if (start !== '{' && start !== '[' && contentType !== '' && !/json|xml|text\/plain|octet-stream/i.test(contentType)) {
    return refused(
      415,
      'not-json',
      `The body is ${contentType.slice(0, 80)}; events come as JSON${door.system === 'salesforce' ? ' or as an Outbound Message' : ''}.`,
    )
  }
  const value = parseJson(text.value)
  return value.ok ? bounded(parseItems(value.value, text.value, bytes, door.itemParser(query))) : value
}

function bounded(body: Checked<ParsedBody>): Checked<ParsedBody> {
  if (!body.ok) return body
  const stored = body.value.items.reduce((sum, item) => sum + item.body.length, 0)
  return stored <= maxStoredBytes
    ? accepted(body.value)
    : refused(413, 'too-large', 'The body repeats for each of its records, which makes it too large to keep.')
}

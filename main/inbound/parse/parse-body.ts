import type { Json } from '#shared/domain/record.ts'
import { parseCallback } from './callback.ts'
import { findChangeEvent, parseChangeEvent } from './change-event.ts'
import { parseFlowEvent } from './flow-event.ts'
import { isObject, splitArray } from './json-text.ts'
import type { JsonObject } from './json-text.ts'
import { maxItems } from './parsed.ts'
import type { ParsedBody, ParsedItem } from './parsed.ts'
import { accepted, refused } from './reason.ts'
import type { Checked } from './reason.ts'

/** Reads all events of one item of a body. */
export type ItemParser = (item: JsonObject, body: Buffer) => Checked<readonly ParsedItem[]>

/** Salesforce's JSON: change events and what Flow or Apex send. `callMark` is what Patchbay calls itself when it writes. */
export function salesforceItems(callMark: string | null): ItemParser {
  return (item, body) => {
    const change = findChangeEvent(item)
    return change === null ? one(parseFlowEvent(item, body)) : parseChangeEvent(change, body, callMark)
  }
}

/** ConnectWise callbacks. `memberId` is the member that Patchbay writes as. */
export function connectwiseItems(query: URLSearchParams, memberId: string | null): ItemParser {
  return (item, body) => one(parseCallback(item, body, query, memberId))
}

function one(item: Checked<ParsedItem>): Checked<readonly ParsedItem[]> {
  return item.ok ? accepted([item.value]) : item
}

/**
 * Reads a JSON body: one item, or an array of them. All or nothing: when one item can't be read the request is refused, so that its
 * sender never takes a part for the whole.
 */
export function parseItems(value: Json, text: string, bytes: Buffer, parseItem: ItemParser): Checked<ParsedBody> {
  const list = Array.isArray(value) ? value : [value]
  if (list.length === 0) return refused(400, 'bad-shape', 'The body is an empty list: it holds no event.')
  if (list.length > maxItems) {
    return refused(413, 'too-large', `The body holds ${list.length} events; at most ${maxItems} are taken at once.`)
  }
  const parts = Array.isArray(value) ? splitArray(text) : []
  const items: ParsedItem[] = []
  for (const [index, item] of list.entries()) {
    const place = list.length === 1 ? '' : `Event ${index + 1} of ${list.length}: `
    if (!isObject(item)) return refused(400, 'bad-shape', `${place}The event is not a JSON object.`)
    const part = parts[index]
    const parsed = parseItem(item, part === undefined ? bytes : Buffer.from(part))
    if (!parsed.ok) return refused(parsed.reason.status, parsed.reason.code, place + parsed.reason.sentence)
    items.push(...parsed.value)
  }
  if (items.length > maxItems) {
    return refused(413, 'too-large', `The body holds ${items.length} events; at most ${maxItems} are taken at once.`)
  }
  return accepted({ format: 'json', items, organizationId: null })
}

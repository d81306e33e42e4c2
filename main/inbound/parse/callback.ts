import type { EventAction } from '#shared/domain/event.ts'
import type { Json } from '#shared/domain/record.ts'
import { readInstant, readVersion } from './instant.ts'
import { isObject, parseJson, readText } from './json-text.ts'
import type { JsonObject } from './json-text.ts'
import type { ParsedItem } from './parsed.ts'
import { accepted, refused } from './reason.ts'
import type { Checked } from './reason.ts'
import { isRecordId } from './salesforce-id.ts'
import { readTitle } from '#shared/logic/record-title.ts'

const actions: Readonly<Record<string, EventAction>> = { added: 'created', updated: 'updated', deleted: 'deleted' }

/** Types whose spelling varies; others stay as they are. */
const entities = new Set(['company', 'contact', 'opportunity', 'ticket'])

/**
 * Reads one ConnectWise callback. Names of members are compared without regard to case, as they vary between versions.
 *
 * The event is thin whatever came along: `Entity` is a summary that leaves out empty fields, good for a title and a version only.
 * `query` is the query of the request: ConnectWise appends `recordId` and `action` to the address it was given.
 */
export function parseCallback(
  item: JsonObject,
  body: Buffer,
  query: URLSearchParams,
  memberId: string | null,
): Checked<ParsedItem> {
  const members = foldCase(item)
  const type = readText(members.get('type'))
  if (type === null || type.length > 80) {
    return refused(400, 'bad-shape', 'The callback does not say what kind of record it is about (Type).')
  }
  const entity = entities.has(type.toLowerCase()) ? type.toLowerCase() : type
  const recordId = readText(members.get('id')) ?? query.get('recordId')
  if (recordId === null || !isRecordId(recordId)) {
    return refused(400, 'bad-shape', `The ${entity} callback does not say which record it is about (ID).`)
  }
  const word = (readText(members.get('action')) ?? query.get('action') ?? '').toLowerCase()
  const summary = readSummary(members.get('entity'))
  const changedAt = lastUpdated(summary)
  const version = readVersion(changedAt)
  const actor = readText(members.get('memberid'))
  const messageId = readText(members.get('messageid'))
  return accepted({
    content: {
      recordId,
      entity,
      action: actions[word] ?? 'touched',
      title: summary === null ? null : readTitle(summary),
      version,
      occurredAt: readInstant(changedAt),
      actor,
      ownMark: actor !== null && memberId !== null && actor.toLowerCase() === memberId.toLowerCase(),
      fields: null,
      full: false,
    },
    body,
    ownKeys: ownKeys(messageId, [type.toLowerCase(), recordId, word, version]),
  })
}

/** The message's own id; failing that, what the change was, as long as its version tells it from the next change. */
function ownKeys(messageId: string | null, change: readonly (string | null)[]): string[] {
  if (messageId !== null) return [`cw:${messageId.slice(0, 200)}`]
  return change.includes(null) ? [] : [`cw:${change.join(':')}`]
}

/** Where the key that signed a callback can be had, according to the callback itself; null when it doesn't say. */
export function findKeyUrl(body: Json): string | null {
  const first = Array.isArray(body) ? body[0] : body
  const metadata = isObject(first) ? foldCase(first).get('metadata') : undefined
  const url = isObject(metadata) ? readText(foldCase(metadata).get('key_url')) : null
  return url !== null && url.length <= 2_048 && /^https?:\/\//i.test(url) ? url : null
}

/** `Entity` is JSON inside of JSON; one that can't be read is as good as none. */
function readSummary(value: Json | undefined): JsonObject | null {
  if (isObject(value)) return value
  if (typeof value !== 'string' || value === '') return null
  const summary = parseJson(value)
  return summary.ok && isObject(summary.value) ? summary.value : null
}

function lastUpdated(summary: JsonObject | null): Json | undefined {
  const info = summary === null ? undefined : foldCase(summary).get('_info')
  return isObject(info) ? foldCase(info).get('lastupdated') : undefined
}

function foldCase(item: JsonObject): Map<string, Json> {
  return new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase(), value]))
}

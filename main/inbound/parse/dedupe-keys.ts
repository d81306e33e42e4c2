import { hash } from 'node:crypto'
import { newestOnly } from '#shared/domain/arrival.ts'
import type { SourceId } from '#shared/domain/ids.ts'
import type { ParsedItem } from './parsed.ts'

const minute = 60_000

/**
 * Every name under which this event may come in again.
 *
 * - Hookdeck's event id stays the same over its retries; `index` is the event's place in the request.
 * - The ids that the sender gave the event itself.
 * - Where it has neither: its bytes, if they hold the record's version. Without one, the same bytes may well be the next change back
 *   to the same values, so they count as a repetition for a minute or two only, and only while nothing newer came of the record. An event with neither version nor values looks the
 *   same whatever changed; it has no key, since a needless refetch is harmless and a lost change is not.
 */
export function dedupeKeys(
  item: ParsedItem,
  sourceId: SourceId,
  hookdeckId: string | null,
  index: number,
  receivedAt: number,
): string[] {
  const keys = hookdeckId === null ? [...item.ownKeys] : [`hookdeck:${hookdeckId}#${index}`, ...item.ownKeys]
  if (keys.length > 0) return keys
  const { version, fields, action, recordId } = item.content
  if (version === null && fields === null && action !== 'deleted') return []
  const key = `body:${sourceId}:${hash('sha256', item.body, 'hex')}:${recordId}`
  if (version !== null) return [key]
  const window = Math.floor(receivedAt / minute)
  return [`${newestOnly}${key}@${window}`, `${newestOnly}${key}@${window + 1}`]
}

import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { Page } from '#shared/contract/page.ts'
import type { Duplicate, EventSummary } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { EventMatch } from '../event-match.ts'
import { bodyExcerpt, bodyPiece, bodyText, excerptBytes, type BodyPiece } from './body-text.ts'
import type { DeliveryReads } from './deliveries.ts'
import { parseColumn } from './json.ts'
import { eventOrigin } from './event-origin.ts'
import { readRows, type Slice } from './page.ts'
import type { Reading } from './reading.ts'

/** What to list; everything named has to hold. */
export interface EventQuery extends EventMatch, Slice {}

/** What tells for the event: a delivery that wrote something before one that found nothing to write. */
const result = `
  case t.state when 'delivered' then (
    select d.result from deliveries d indexed by deliveries_by_event
    where d.event_id = t.id and d.state = 'delivered' and d.replayed_by is null
    order by d.result not in ('created', 'updated'), d.result = 'unchanged', d.id limit 1
  ) end`

const summaryColumns = `
  t.id, t.source_id as sourceId, t.via, t.system, t.entity, t.record_id as recordId, t.action, t.title, t.state, ${result} as result, t.note,
  t.received_at as receivedAt, t.ended_at as endedAt, t.size, t.duplicates`

/** Receptions of one event that a detail view lists; the event's own counter says how many there were. */
const duplicatesShown = 200

interface DetailRow extends EventSummary {
  readonly occurredAt: number | null
  readonly actor: string | null
  readonly version: string | null
  readonly verifiedBy: string
  readonly verifiedMs: number | null
  readonly writtenMs: number | null
  readonly routedAt: number | null
}

interface PayloadRow {
  readonly headers: string
  readonly contentType: string
  readonly body: Uint8Array
  readonly length: number
}

/** Reads of events. */
export function eventReads(reading: Reading, deliveries: DeliveryReads) {
  function listEvents(query: EventQuery): Page<EventSummary> {
    return reading.together(() =>
      readRows<EventSummary, EventSummary>(reading, eventOrigin(reading, query), summaryColumns, query, (row) => row),
    )
  }

  /** Events in their newest state, in the order of `ids`; those that are gone are left out. */
  function eventsByIds(ids: readonly EventId[]): EventSummary[] {
    const sql = `select ${summaryColumns} from json_each(?) wanted join events t on t.id = wanted.value order by wanted.key`
    return reading.all<EventSummary>(sql, JSON.stringify(ids))
  }

  /** An event with all that became of it, as of one moment; null when there is none of that id. */
  function eventDetail(id: EventId): EventDetail | null {
    return reading.together(() => {
      const row = reading.get<DetailRow>(
        `select ${summaryColumns}, t.occurred_at as occurredAt, t.actor, t.version, t.verified_by as verifiedBy,
           t.verified_ms as verifiedMs, t.written_ms as writtenMs, t.routed_at as routedAt
         from events t where t.id = ?`,
        id,
      )
      return row === undefined
        ? null
        : { ...row, ...receptions(id), ...payload(id), deliveries: deliveries.deliveriesOfEvent(id) }
    })
  }

  /** The whole body as text; null when there is no such event. */
  function eventBody(id: EventId): { contentType: string; body: string } | null {
    const row = reading.get<PayloadRow>('select content_type as contentType, body from payloads where event_id = ?', id)
    return row === undefined ? null : { contentType: row.contentType, body: bodyText(row.body) }
  }

  /** Up to `most` bytes of the body from byte `from` on, as whole characters; null when there is no such event. */
  function eventBodyPiece(id: EventId, from: number, most: number): BodyPiece | null {
    const row = reading.get<{ piece: Uint8Array; size: number }>(
      `select coalesce(substr(body, ?, ?), x'') as piece, length(body) as size from payloads where event_id = ?`,
      from + 1,
      most,
      id,
    )
    return row === undefined ? null : bodyPiece(row.piece, from, row.size)
  }

  function receptions(id: EventId): { dedupeKeys: string[]; duplicateList: Duplicate[] } {
    const keys = reading.all<{ key: string }>('select key from dedupe_keys where event_id = ? order by key', id)
    const duplicateList = reading.all<Duplicate>(
      `select received_at as receivedAt, source_id as sourceId, via, key from duplicates where event_id = ? order by id limit ${duplicatesShown}`,
      id,
    )
    return { dedupeKeys: keys.map((row) => row.key), duplicateList }
  }

  function payload(id: EventId): Pick<EventDetail, 'headers' | 'contentType' | 'body' | 'bodyTruncated'> {
    const row = reading.get<PayloadRow>(
      `select headers, content_type as contentType, coalesce(substr(body, 1, ${excerptBytes}), x'') as body, length(body) as length from payloads where event_id = ?`,
      id,
    )
    if (row === undefined) return { headers: {}, contentType: '', body: '', bodyTruncated: false }
    return { headers: parseColumn(row.headers, {}), contentType: row.contentType, ...bodyExcerpt(row.body, row.length) }
  }

  return { listEvents, eventsByIds, eventDetail, eventBody, eventBodyPiece }
}

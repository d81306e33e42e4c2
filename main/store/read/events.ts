import type { EventDetail } from '#shared/contract/contract.ts'
import type { Page } from '#shared/contract/page.ts'
import type { Duplicate, EventState, EventSummary } from '#shared/domain/event.ts'
import type { EventId, SourceId } from '#shared/domain/ids.ts'
import { systemName, type SystemName } from '#shared/domain/record.ts'
import { bodyExcerpt, bodyText, excerptBytes } from './body-text.ts'
import type { DeliveryReads } from './deliveries.ts'
import { parseColumn } from './json.ts'
import { readPage, type Listing, type Slice, type Term } from './page.ts'
import type { Reading } from './reading.ts'

/** What to list; everything named has to hold. */
export interface EventQuery extends Slice {
  readonly state?: EventState | undefined
  readonly system?: SystemName | undefined
  readonly sourceId?: SourceId | undefined
  readonly entity?: string | undefined
  readonly recordId?: string | undefined
  /** Words, all of which stand in the record's id, title or note. Letters outside ASCII have to match in case. */
  readonly text?: string | undefined
}

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
    return readPage<EventSummary, EventSummary>(reading, eventListing(reading, query), query, (row) => row)
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
        `select ${summaryColumns}, t.occurred_at as occurredAt, t.actor, t.version, t.verified_by as verifiedBy, t.routed_at as routedAt
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

  return { listEvents, eventsByIds, eventDetail, eventBody }
}

/** Picks the index that narrows the list most; what it doesn't answer is tried row by row. */
function eventListing(reading: Reading, query: EventQuery): Listing {
  const terms = {
    record: query.recordId === undefined ? null : recordTerm(reading, query.recordId, query.entity),
    state: equals('state', query.state),
    source: equals('source_id', query.sourceId),
    system: equals('system', query.system),
    entity: equals('entity', query.entity),
  }
  const list = (index: string | null, found: Term | null, ...tried: (Term | null)[]): Listing => ({
    table: 'events',
    index,
    columns: summaryColumns,
    found: present([found]),
    tried: [...present(tried), ...textTerms(query.text)],
  })
  if (terms.record !== null) return list('events_by_record', terms.record, terms.system, terms.state, terms.source)
  if (terms.state !== null) return list('events_by_state', terms.state, terms.source, terms.system, terms.entity)
  if (terms.source !== null) return list('events_by_source', terms.source, terms.system, terms.entity)
  return list(null, null, terms.system, terms.entity)
}

/** The index leads with system and entity, so every entity there is has to be named when the query names none. */
function recordTerm(reading: Reading, recordId: string, entity: string | undefined): Term {
  const entities = entity === undefined ? knownEntities(reading) : [entity]
  return {
    sql: `t.system in ('salesforce', 'connectwise') and t.entity in (select value from json_each(?)) and t.record_id = ?`,
    values: [JSON.stringify(entities), recordId],
  }
}

/** Hops through the index from one entity to the next: a few steps, however many events there are. */
function knownEntities(reading: Reading): string[] {
  const sql = 'select min(entity) as entity from events indexed by events_by_record where system = ? and entity > ?'
  const entities = new Set<string>()
  for (const system of systemName.options) {
    let entity: string | null = ''
    for (;;) {
      entity = reading.get<{ entity: string | null }>(sql, system, entity)?.entity ?? null
      if (entity === null) break
      entities.add(entity)
    }
  }
  return [...entities]
}

function equals(column: string, value: string | undefined): Term | null {
  return value === undefined ? null : { sql: `t.${column} = ?`, values: [value] }
}

function textTerms(text: string | undefined): Term[] {
  const words = (text ?? '').split(/\s+/).filter((word) => word !== '')
  return words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    return {
      sql: String.raw`(t.record_id like ? escape '\' or t.title like ? escape '\' or t.note like ? escape '\')`,
      values: [pattern, pattern, pattern],
    }
  })
}

function present(terms: readonly (Term | null)[]): Term[] {
  return terms.filter((term) => term !== null)
}

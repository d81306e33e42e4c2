import type { Transaction } from '#main/store/transaction.ts'
import { newestOnly, type Arrival, type ArrivalItem, type Receipt } from '#shared/domain/arrival.ts'
import type { EventId } from '#shared/domain/ids.ts'

/** Dedupes and appends all items of an arrival, and moves the source's cursor, in the caller's transaction. */
export function append(tx: Transaction, arrival: Arrival): Receipt[] {
  const headers = JSON.stringify(arrival.headers)
  const receipts = arrival.items.map((item) => appendItem(tx, arrival, item, headers))
  const fresh = receipts.filter((receipt) => !receipt.duplicate).length
  if (fresh > 0) {
    const before = tx.notes.arrivals.get(arrival.sourceId)?.events ?? 0
    tx.notes.arrivals.set(arrival.sourceId, { events: before + fresh, lastEventAt: arrival.receivedAt })
    tx.notes.health = true
  }
  if (arrival.cursor !== undefined) {
    tx.run(
      `insert into cursors (name, value, moved_at) values (?, ?, ?)
       on conflict do update set value = excluded.value, moved_at = excluded.moved_at`,
      arrival.cursor.name,
      arrival.cursor.value,
      arrival.receivedAt,
    )
  }
  return receipts
}

function appendItem(tx: Transaction, arrival: Arrival, item: ArrivalItem, headers: string): Receipt {
  const known = findKnown(tx, arrival, item)
  if (known !== null) {
    tx.run(
      'insert into duplicates (event_id, source_id, via, key, received_at) values (?, ?, ?, ?, ?)',
      known.eventId,
      arrival.sourceId,
      arrival.via,
      known.key,
      arrival.receivedAt,
    )
    tx.run('update events set duplicates = duplicates + 1 where id = ?', known.eventId)
    addKeys(tx, item, known.eventId)
    tx.notes.events.add(known.eventId)
    tx.notes.measures.push({ what: 'duplicates', sourceId: arrival.sourceId })
    return { eventId: known.eventId, duplicate: true }
  }
  const eventId = insertEvent(tx, arrival, item)
  tx.run(
    'insert into payloads (event_id, content_type, headers, body, content) values (?, ?, ?, ?, ?)',
    eventId,
    arrival.contentType,
    headers,
    item.body,
    item.content.fields === null ? null : JSON.stringify(item.content.fields),
  )
  addKeys(tx, item, eventId)
  tx.notes.events.add(eventId)
  tx.notes.unrouted = true
  tx.notes.measures.push({ what: 'events', sourceId: arrival.sourceId })
  return { eventId, duplicate: false }
}

function insertEvent(tx: Transaction, arrival: Arrival, item: ArrivalItem): EventId {
  const content = item.content
  return tx.run(
    `insert into events (source_id, via, system, entity, record_id, action, title, version, occurred_at, actor, own_mark,
       fields_kind, verified_by, received_at, verified_ms, written_ms, size, state)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'stored')`,
    arrival.sourceId,
    arrival.via,
    arrival.system,
    content.entity,
    content.recordId,
    content.action,
    content.title,
    content.version,
    content.occurredAt,
    content.actor,
    content.ownMark ? 1 : 0,
    content.fields === null ? 'none' : content.full ? 'full' : 'part',
    arrival.verifiedBy,
    arrival.receivedAt,
    wholeMs(arrival.verifiedMs),
    wholeMs(arrival.elapsedMs?.()),
    item.body.byteLength,
  ).lastInsertRowid as EventId
}

function wholeMs(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms)
}

/**
 * A key that names an older event already, as one of its record's earlier states may, names the newer one from now on. That is rare,
 * and as a part of the insert it would have SQLite prepare for undoing each.
 */
function addKeys(tx: Transaction, item: ArrivalItem, eventId: EventId): void {
  for (const key of item.dedupeKeys) {
    const { changes } = tx.run(
      'insert into dedupe_keys (key, event_id) values (?, ?) on conflict (key) do nothing',
      key,
      eventId,
    )
    if (changes === 0)
      tx.run('update dedupe_keys set event_id = ? where key = ? and event_id < ?', eventId, key, eventId)
  }
}

interface Known {
  readonly eventId: EventId
  readonly key: string
}

function findKnown(tx: Transaction, arrival: Arrival, item: ArrivalItem): Known | null {
  for (const key of item.dedupeKeys) {
    const row = tx.get<{ event_id: EventId }>('select event_id from dedupe_keys where key = ?', key)
    if (row === undefined || (key.startsWith(newestOnly) && !isNewest(tx, arrival, item, row.event_id))) continue
    return { eventId: row.event_id, key }
  }
  return findSameChange(tx, arrival, item)
}

/** What makes a stored event one that will read the record after this moment. */
const isUnread = `fields_kind = 'none' and state in ('stored', 'open')
  and not exists (select 1 from deliveries d where d.event_id = e.id and (d.state <> 'pending' or d.attempt_count > 0))`

const sameVersion = `select id from events e
  where system = ? and entity = ? and record_id = ? and version = ? and action = ? and via <> ? and ${isUnread}
  order by id desc limit 1`

/**
 * The newest events of the record are all that is looked at: one that changes all day must not make its next event slow. What may turn
 * out to be an echo of ours, and then is not read, stands for nobody else's change.
 */
const sameRecord = `select id from
    (select * from events where system = ? and entity = ? and record_id = ? order by id desc limit 50) e
  where (? is null or version is null) and action = ? and via <> ? and own_mark = 0 and ${isUnread}
  order by id desc limit 1`

function isNewest(tx: Transaction, { system }: Arrival, { content }: ArrivalItem, eventId: EventId): boolean {
  const newer = tx.get(
    'select 1 from events where system = ? and entity = ? and record_id = ? and id > ? limit 1',
    system,
    content.entity,
    content.recordId,
    eventId,
  )
  return newer === undefined
}

/**
 * The same record version announced by another path is the same event, as long as nobody has read the record for it yet. A version that
 * one of the two does not tell counts as the same: both only say that the record is to be read, and that will be done after both.
 *
 * Once it was read the newcomer is stored as an event of its own, and the comparison of values settles it: versions count in
 * whole seconds at both vendors, so a second change within that second may hide behind an equal version.
 */
function findSameChange(tx: Transaction, arrival: Arrival, item: ArrivalItem): Known | null {
  const { entity, recordId, version, action, fields } = item.content
  if (fields !== null) return null
  const record = [arrival.system, entity, recordId] as const
  const row =
    (version === null ? undefined : tx.get<{ id: EventId }>(sameVersion, ...record, version, action, arrival.via)) ??
    tx.get<{ id: EventId }>(sameRecord, ...record, version, action, arrival.via)
  return row === undefined ? null : { eventId: row.id, key: `version:${record.join(':')}:${version ?? '?'}` }
}

import type { Page } from '#shared/contract/page.ts'
import { activeStates, type DeliveryDetail } from '#shared/domain/delivery.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { DeliveryId, EventId } from '#shared/domain/ids.ts'
import type { KnownRecord, RecordDetail, RecordState, TimelineEntry } from '#shared/domain/known-record.ts'
import type { Link } from '#shared/domain/link.ts'
import { recordKey, type RecordRef } from '#shared/domain/record.ts'
import { wordQuery } from '#shared/logic/record-words.ts'
import { linkOf } from './lists.ts'
import type { Slice } from './page.ts'
import { pageToken } from './page-token.ts'
import type { Reading } from './reading.ts'

/** What other reads give that a record's page shows. */
export interface RecordReadPorts {
  eventsByIds(ids: readonly EventId[]): EventSummary[]
  deliveryDetail(id: DeliveryId): DeliveryDetail | null
  deliveriesOfEvent(id: EventId): DeliveryDetail[]
}

interface Row {
  readonly id: number
  readonly lane: string
  readonly salesforceEntity: string | null
  readonly salesforceId: string | null
  readonly salesforceTitle: string | null
  readonly connectwiseEntity: string | null
  readonly connectwiseId: string | null
  readonly connectwiseTitle: string | null
  readonly changedAt: number
}

const columns = `r.id, r.lane, r.salesforce_entity as salesforceEntity, r.salesforce_id as salesforceId, r.salesforce_title as salesforceTitle,
  r.connectwise_entity as connectwiseEntity, r.connectwise_id as connectwiseId, r.connectwise_title as connectwiseTitle, r.changed_at as changedAt`

const activeList = activeStates.map((state) => `'${state}'`).join(', ')
/** Events of each side that are looked at for dead deliveries: an older failure was overtaken long ago. */
const eventsLookedAt = 50
const openShown = 20

/** Reads of records: found by their words, and with all that is known of one. */
export function recordReads(reading: Reading, ports: RecordReadPorts) {
  /** Records and pairs that all words of a text find, those seen first last. */
  function searchRecords(text: string, { before, limit }: Slice): Page<KnownRecord> {
    const query = wordQuery(text)
    const rows =
      query === null
        ? reading.all<Row>(
            `select ${columns} from known_records r where r.id < ? order by r.id desc limit ?`,
            before,
            limit + 1,
          )
        : reading.all<Row>(
            `select ${columns} from known_words w join known_records r on r.id = w.rowid
             where known_words match ? and w.rowid < ? order by w.rowid desc limit ?`,
            query,
            before,
            limit + 1,
          )
    const { shown, next } = cut(rows, limit)
    return { items: shown.map((row) => knownRecord(row, linkIn(row))), next }
  }

  /** The record with its counterpart; null when nothing is known of it. */
  function recordDetail(ref: RecordRef): RecordDetail | null {
    return reading.together(() => {
      const link = linkOf(reading, ref)
      const row = rowOf(ref, link)
      if (row === null) return null
      const ids = [...activeIn(row.lane).map(({ id }) => id), ...deadOf(row)].toSorted((one, other) => other - one)
      const open = ids.slice(0, openShown).flatMap((id) => ports.deliveryDetail(id) ?? [])
      return { ...knownRecord(row, link), link, openDeliveries: open }
    })
  }

  /** What happened to a record and its counterpart, newest first; null when nothing is known of it. */
  function recordTimeline(ref: RecordRef, { before, limit }: Slice): Page<TimelineEntry> | null {
    return reading.together(() => {
      const row = rowOf(ref, linkOf(reading, ref))
      if (row === null) return null
      const found = sidesOf(row).flatMap((side) => eventsOf(side, before, limit + 1))
      const { shown, next } = cut(
        found.toSorted((one, other) => other.id - one.id),
        limit,
      )
      const events = ports.eventsByIds(shown.map(({ id }) => id))
      const items = events.map((event, index) => ({
        ...event,
        occurredAt: shown[index]?.occurredAt ?? null,
        actor: shown[index]?.actor ?? null,
        deliveries: ports
          .deliveriesOfEvent(event.id)
          .map(({ attempts, ...delivery }) => ({ ...delivery, changes: attempts.at(-1)?.changes ?? [] })),
      }))
      return { items, next }
    })
  }

  function eventsOf({ system, entity, id }: RecordRef, before: number, limit: number) {
    return reading.all<{ id: EventId; occurredAt: number | null; actor: string | null }>(
      `select id, occurred_at as occurredAt, actor from events indexed by events_by_record
       where system = ? and entity = ? and record_id = ? and id < ? order by id desc limit ?`,
      system,
      entity,
      id,
      before,
      limit,
    )
  }

  /** One that the index does not have yet, or that is older than it, is told by its link or by its newest event. */
  function rowOf(ref: RecordRef, link: Link | null): Row | null {
    const lane = link === null ? recordKey(ref) : laneOf(link)
    const row = reading.get<Row>(`select ${columns} from known_records r where r.lane = ?`, lane)
    if (row !== undefined) return row
    if (link !== null) return rowOfSides(lane, link.updatedAt, link.salesforce, link.connectwise)
    const [newest] = eventsOf(ref, Number.MAX_SAFE_INTEGER, 1)
    const event = newest === undefined ? undefined : ports.eventsByIds([newest.id])[0]
    if (event === undefined) return null
    const own = { ...ref, title: event.title }
    const isSalesforce = ref.system === 'salesforce'
    return rowOfSides(lane, event.receivedAt, isSalesforce ? own : null, isSalesforce ? null : own)
  }

  function linkIn(row: Row): Link | null {
    const [one] = sidesOf(row)
    return one === undefined ? null : linkOf(reading, one)
  }

  function knownRecord(row: Row, link: Link | null): KnownRecord {
    const { salesforceTitle, connectwiseTitle } = row
    return {
      salesforce: side(row.salesforceEntity, row.salesforceId, salesforceTitle),
      connectwise: side(row.connectwiseEntity, row.connectwiseId, connectwiseTitle),
      title: salesforceTitle ?? connectwiseTitle,
      state: stateOf(row, link),
      lastChangeAt: row.changedAt,
    }
  }

  function stateOf(row: Row, link: Link | null): RecordState {
    const active = activeIn(row.lane)
    if (active.some(({ state }) => state === 'parked') || deadOf(row).length > 0) return 'failing'
    if (active.length > 0) return 'waiting'
    if (link === null) return 'unlinked'
    return link.endedAt === null ? 'in-step' : 'deleted'
  }

  function activeIn(lane: string) {
    return reading.all<{ id: DeliveryId; state: string }>(
      `select id, state from deliveries indexed by deliveries_lane where lane = ? and state in (${activeList}) order by id desc limit ?`,
      lane,
      openShown,
    )
  }

  function deadOf(row: Row): DeliveryId[] {
    return sidesOf(row).flatMap(({ system, entity, id }) =>
      reading
        .all<{ id: DeliveryId }>(
          `select d.id from (select id from events indexed by events_by_record where system = ? and entity = ? and record_id = ?
             order by id desc limit ${eventsLookedAt}) e
           join deliveries d indexed by deliveries_by_event on d.event_id = e.id where d.state = 'dead' and d.replayed_by is null`,
          system,
          entity,
          id,
        )
        .map((one) => one.id),
    )
  }

  return { searchRecords, recordDetail, recordTimeline }
}

/** The page out of rows of which one more than the page holds was read. */
function cut<One extends { readonly id: number }>(rows: readonly One[], limit: number) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, next: rows.length > limit && last !== undefined ? pageToken(last.id) : null }
}

type RowSide = { readonly entity: string; readonly id: string; readonly title?: string | null } | null

function rowOfSides(lane: string, changedAt: number, salesforce: RowSide, connectwise: RowSide): Row {
  return {
    id: 0,
    lane,
    salesforceEntity: salesforce?.entity ?? null,
    salesforceId: salesforce?.id ?? null,
    salesforceTitle: salesforce?.title ?? null,
    connectwiseEntity: connectwise?.entity ?? null,
    connectwiseId: connectwise?.id ?? null,
    connectwiseTitle: connectwise?.title ?? null,
    changedAt,
  }
}

function laneOf({ salesforce }: Link): string {
  return recordKey({ system: 'salesforce', entity: salesforce.entity, id: salesforce.id })
}

function sidesOf(row: Row): RecordRef[] {
  const salesforce = side(row.salesforceEntity, row.salesforceId, null)
  const connectwise = side(row.connectwiseEntity, row.connectwiseId, null)
  return [
    ...(salesforce === null ? [] : [{ system: 'salesforce' as const, entity: salesforce.entity, id: salesforce.id }]),
    ...(connectwise === null
      ? []
      : [{ system: 'connectwise' as const, entity: connectwise.entity, id: connectwise.id }]),
  ]
}

function side(entity: string | null, id: string | null, title: string | null): KnownRecord['salesforce'] {
  return entity === null || id === null ? null : { entity, id, title }
}

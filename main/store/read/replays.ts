import type { Page } from '#shared/contract/page.ts'
import type { ReplayId } from '#shared/domain/ids.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { Replay, ReplayDetail, ReplayItem, ReplayResult } from '#shared/domain/replay.ts'
import { readPage, type Listing, type Slice } from './page.ts'
import type { Reading } from './reading.ts'

interface ReplayRow extends Pick<Replay, 'id' | 'createdAt' | 'who' | 'mode' | 'note' | 'rate' | 'total'> {
  readonly state: 'running' | 'paused' | 'cancelled' | 'fed'
  readonly upTo: number
  readonly collectedTo: number
}

type ItemRow = Omit<ReplayItem, 'record'> & {
  readonly system: SystemName
  readonly entity: string
  readonly recordId: string
}

const replays: Listing = {
  table: 'replays',
  index: null,
  columns:
    't.id, t.created_at as createdAt, t.who, t.mode, t.note, t.rate, t.total, t.state, t.up_to as upTo, t.collected_to as collectedTo',
  found: [],
  tried: [],
}

/** The result of an item `t` of replay `r`, of which `m` is the delivery made. A cancelled replay's waiting items are cancelled with it. */
const result = `case
  when t.state = 'waiting' then case r.state when 'cancelled' then 'cancelled' else 'waiting' end
  when t.state <> 'made' then t.state
  when m.state in ('pending', 'leased', 'waiting', 'parked') then 'open'
  when r.mode = 'undo' and m.state = 'delivered' then case m.result when 'updated' then 'undone' else 'nothing' end
  when r.mode = 'undo' and m.state = 'skipped' then 'touched'
  when m.state = 'delivered' then m.result
  else m.state end`

const itemJoin = 'join replays r on r.id = t.replay_id left join deliveries m on m.id = t.made_id'

/** Reads of replays and their items. */
export function replayReads(reading: Reading) {
  function listReplays(slice: Slice): Page<Replay> {
    return readPage<ReplayRow, Replay>(reading, replays, slice, describe)
  }

  /** A replay with the results of its items; null when there is none of that id. */
  function replayDetail(id: ReplayId): ReplayDetail | null {
    return reading.together(() => {
      const row = reading.get<ReplayRow>(`select ${replays.columns} from replays t where t.id = ?`, id)
      return row === undefined ? null : { ...describe(row), results: results(id) }
    })
  }

  function results(id: ReplayId): ReplayDetail['results'] {
    const rows = reading.all<{ result: ReplayResult; count: number }>(
      `select ${result} as result, count(*) as count from replay_items t ${itemJoin} where t.replay_id = ? group by 1`,
      id,
    )
    return Object.fromEntries(rows.map((row) => [row.result, row.count]))
  }

  /** The items of a replay, newest first. */
  function replayItems(id: ReplayId, slice: Slice): Page<ReplayItem> {
    const listing: Listing = {
      table: 'replay_items',
      index: 'replay_items_by_replay',
      columns: `t.id, t.delivery_id as deliveryId, d.event_id as eventId, d.route_id as routeId, e.system, e.entity, e.record_id as recordId,
        e.title, ${result} as result, coalesce(t.reason, m.note) as sentence, t.made_id as madeId`,
      join: `${itemJoin} join deliveries d on d.id = t.delivery_id join events e on e.id = d.event_id`,
      found: [{ sql: 't.replay_id = ?', values: [id] }],
      tried: [],
    }
    return readPage<ItemRow, ReplayItem>(reading, listing, slice, ({ system, entity, recordId, ...item }) => ({
      ...item,
      record: { system, entity, id: recordId },
    }))
  }

  function describe({ state, upTo, collectedTo, ...row }: ReplayRow): Replay {
    const isCollecting = state !== 'cancelled' && collectedTo < upTo
    const waiting = state === 'cancelled' ? 0 : countWaiting(row.id)
    const ends = progress(row.id)
    return { ...row, isCollecting, waiting, ...ends, state: state === 'fed' ? fedState(ends.open) : state }
  }

  function countWaiting(id: ReplayId): number {
    const sql = `select count(*) as count from replay_items where replay_id = ? and state = 'waiting'`
    return reading.get<{ count: number }>(sql, id)?.count ?? 0
  }

  function progress(id: ReplayId): Pick<Replay, 'delivered' | 'failed' | 'open'> {
    const counts = reading.get<Pick<Replay, 'delivered' | 'failed' | 'open'>>(
      `select
         count(*) filter (where state in ('delivered', 'skipped')) as delivered,
         count(*) filter (where state in ('dead', 'cancelled')) as failed,
         count(*) filter (where state in ('pending', 'leased', 'waiting', 'parked')) as open
       from deliveries where replay_id = ?`,
      id,
    )
    return counts ?? { delivered: 0, failed: 0, open: 0 }
  }

  return { listReplays, replayDetail, replayItems }
}

function fedState(open: number): Replay['state'] {
  return open > 0 ? 'running' : 'finished'
}

import { refreshHead } from '#main/queue/lanes.ts'
import { reclaim, wakeWaitingFor } from '#main/queue/queue.ts'
import { releaseKeys } from '#main/store/held-keys.ts'
import type { ReplayCriteria } from '#main/store/replay-match.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryId, EventId, ReplayId } from '#shared/domain/ids.ts'
import type { ReplayKind } from '#shared/domain/replay.ts'
import { refreshEvent } from './event-state.ts'
import { cancelDelivery, type Order } from './replay.ts'

/** A replay that is to run in the background. */
export interface ReplayStart {
  readonly mode: ReplayKind
  readonly note: string
  /** Deliveries a minute; null: no limit. */
  readonly rate: number | null
  readonly criteria: ReplayCriteria
}

/** Stores a replay; from then on its rows are the list of what is to be done. */
export function startReplay(tx: Transaction, start: ReplayStart, { who, at }: Order): ReplayId {
  const newest = tx.get<{ id: number | null }>('select max(id) as id from deliveries')?.id ?? 0
  const upTo = 'upTo' in start.criteria ? Math.min(start.criteria.upTo ?? newest, newest) : newest
  tx.notes.health = true
  return tx.run(
    `insert into replays (created_at, who, mode, note, total, state, rate, next_at, selection, up_to)
     values (?, ?, ?, ?, 0, 'running', ?, ?, ?, ?)`,
    at,
    who,
    start.mode,
    start.note,
    start.rate,
    at,
    JSON.stringify(start.criteria),
    upTo,
  ).lastInsertRowid as ReplayId
}

/** Why a replay can't be told what to do. */
export type NotNow = 'not-found' | 'ended' | 'not-running' | 'not-paused'

/**
 * Holds a replay: nothing of it that was not tried yet will be sent. What stood in the queue goes back to the items; what was
 * tried already, or is on the wire, ends by itself.
 */
export function pauseReplay(tx: Transaction, id: ReplayId, now: number): NotNow | null {
  const refusal = checkState(tx, id)
  if (refusal !== null) return refusal
  if (stateOf(tx, id) === 'paused') return 'not-running'
  tx.run(`update replays set state = 'paused' where id = ?`, id)
  takeBack(tx, id, now)
  tx.notes.health = true
  return null
}

/** Lets a paused replay go on. */
export function resumeReplay(tx: Transaction, id: ReplayId, now: number): NotNow | null {
  const state = stateOf(tx, id)
  if (state === undefined) return 'not-found'
  if (state !== 'paused') return 'not-paused'
  tx.run(`update replays set state = 'running', next_at = ? where id = ?`, now, id)
  tx.notes.health = true
  return null
}

/**
 * Ends a replay before its time: from this commit on nothing more of it is sent. What was not tried yet is as if it had never
 * been ordered; what waited for a further try is cancelled; what is on the wire is recorded when its answer comes.
 */
export function cancelReplay(tx: Transaction, id: ReplayId, now: number): NotNow | null {
  const refusal = checkState(tx, id)
  if (refusal !== null) return refusal
  tx.run(`update replays set state = 'cancelled' where id = ?`, id)
  takeBack(tx, id, now)
  const tried = tx.all<{ id: DeliveryId }>(
    `select id from deliveries where replay_id = ? and state in ('pending', 'waiting', 'parked')`,
    id,
  )
  for (const delivery of tried) endWithReplay(tx, delivery.id, now)
  tx.notes.health = true
  return null
}

/** After a try: a delivery whose replay was cancelled meanwhile gets no further one. */
export function endIfCancelled(tx: Transaction, deliveryId: DeliveryId, now: number): void {
  if (isReplayCancelled(tx, deliveryId)) endWithReplay(tx, deliveryId, now)
}

/** Before a write: whether the replay that the delivery belongs to was cancelled, so that nothing more of it may be sent. */
export function isReplayCancelled(tx: Transaction, deliveryId: DeliveryId): boolean {
  const sql = `select 1 from deliveries d join replays r on r.id = d.replay_id where d.id = ? and r.state = 'cancelled'`
  return tx.get(sql, deliveryId) !== undefined
}

/**
 * Takes back the leases that ran out before `until`. What belongs to a cancelled replay does not go on then: whether its last write took
 * effect nobody knows.
 */
export function takeBackLeases(tx: Transaction, until: number, now: number): void {
  if (reclaim(tx, until) === 0) return
  const rows = tx.all<{ id: DeliveryId }>(
    `select d.id from replays r cross join deliveries d indexed by deliveries_by_replay
       on d.replay_id = r.id and d.state in ('pending', 'waiting', 'parked')
     where r.state = 'cancelled'`,
  )
  for (const { id } of rows) endWithReplay(tx, id, now)
}

function endWithReplay(tx: Transaction, id: DeliveryId, now: number): void {
  const note = tx.get<{ note: string | null }>('select note from deliveries where id = ?', id)?.note ?? null
  cancelDelivery(tx, id, `with its replay.${note === null ? '' : ` Before that: ${note}`}`, now)
}

function stateOf(tx: Transaction, id: ReplayId): string | undefined {
  return tx.get<{ state: string }>('select state from replays where id = ?', id)?.state
}

function checkState(tx: Transaction, id: ReplayId): NotNow | null {
  const state = stateOf(tx, id)
  if (state === undefined) return 'not-found'
  if (state === 'cancelled') return 'ended'
  return state === 'fed' && !hasOpen(tx, id) ? 'ended' : null
}

function hasOpen(tx: Transaction, id: ReplayId): boolean {
  const open = `select 1 from deliveries where replay_id = ? and state in ('pending', 'leased', 'waiting', 'parked') limit 1`
  return tx.get(open, id) !== undefined
}

/**
 * Takes deliveries that were never tried out of the queue again; their items wait as before. Without an intent nothing was sent,
 * so one that a worker just prepares is taken from under it: the worker finds its lease gone before it would send.
 */
function takeBack(tx: Transaction, id: ReplayId, now: number): void {
  const untried = tx.all<{ id: DeliveryId; event_id: EventId; lane: string }>(
    `select d.id, d.event_id, d.lane from deliveries d
     where d.replay_id = ? and d.state in ('pending', 'leased', 'waiting') and d.intent is null and d.attempt_count = 0
       and not exists (select 1 from attempts a where a.delivery_id = d.id)`,
    id,
  )
  for (const delivery of untried) {
    tx.run(`update replay_items set state = 'waiting', made_id = null where made_id = ?`, delivery.id)
    for (const key of releaseKeys(tx, delivery.id)) wakeWaitingFor(tx, key, now)
    tx.run('delete from deliveries where id = ?', delivery.id)
    refreshHead(tx, delivery.lane)
    refreshEvent(tx, delivery.event_id, now)
  }
}

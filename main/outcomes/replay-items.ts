import { matchTerm, type ReplayCriteria } from '#main/store/replay-match.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryId, ReplayId } from '#shared/domain/ids.ts'
import type { ReplayKind } from '#shared/domain/replay.ts'
import { loadCandidate, makeReplay, makeUndo, refusalReason, type Candidate } from './replay-candidate.ts'
import { undoRefusal } from './replay-undo.ts'

/** A replay that is at work in the background, as its row has it. */
export interface RunningReplay {
  id: ReplayId
  mode: ReplayKind
  rate: number | null
  next_at: number
  selection: string | null
  up_to: number
  collected_to: number
}

/** Deliveries looked at in one transaction while a replay collects its items. */
const collectedAtOnce = 5_000

const columns = 'id, mode, rate, next_at, selection, up_to, collected_to'

/** The replays that have something to do, oldest first. */
export function runningReplays(tx: Transaction): RunningReplay[] {
  return tx.all<RunningReplay>(`select ${columns} from replays where state = 'running' order by id`)
}

/** Takes the next stretch of deliveries that match into a replay's items. */
export function collectItems(tx: Transaction, id: ReplayId): void {
  const replay = stillRunning(tx, id)
  if (replay === undefined || replay.selection === null) return
  const { sql, values } = matchTerm(tx, JSON.parse(replay.selection) as ReplayCriteria)
  const end = Math.min(replay.up_to, replay.collected_to + collectedAtOnce)
  const { changes } = tx.run(
    `insert into replay_items (replay_id, delivery_id, state)
     select ?, d.id, 'waiting' from deliveries d join events e on e.id = d.event_id
     where d.id > ? and d.id <= ? and ${sql} order by d.id`,
    id,
    replay.collected_to,
    end,
    ...values,
  )
  tx.run('update replays set collected_to = ?, total = total + ? where id = ?', end, changes, id)
  tx.notes.health = true
}

/**
 * Puts the next items of a replay into the queue, up to `most`, and says from when on there may be more. Oldest first; an undo
 * goes backwards, so that the last write is taken back first.
 *
 * Each item is either made or says why not. Answers false when none was left.
 */
export function feedItems(tx: Transaction, id: ReplayId, most: number, nextAt: number, now: number): boolean {
  const replay = stillRunning(tx, id)
  if (replay === undefined) return false
  const items = tx.all<{ id: number; delivery_id: DeliveryId }>(
    replay.mode === 'undo'
      ? `select id, delivery_id from replay_items where replay_id = ? and state = 'waiting' order by id desc limit ?`
      : `select id, delivery_id from replay_items where replay_id = ? and state = 'waiting' order by id limit ?`,
    id,
    most,
  )
  for (const item of items) {
    const candidate = loadCandidate(tx, item.delivery_id)
    if (candidate !== undefined) feedOne(tx, item.id, candidate, replay, now)
  }
  const isLast = !hasWaiting(tx, id)
  tx.run(`update replays set next_at = ?, state = ? where id = ?`, nextAt, isLast ? 'fed' : 'running', id)
  if (isLast) tx.notes.health = true
  return !isLast
}

/** Notes what a replay that is made at once took in. */
export function noteItem(tx: Transaction, replayId: ReplayId, deliveryId: DeliveryId, madeId: DeliveryId): void {
  tx.run(
    `insert into replay_items (replay_id, delivery_id, state, made_id) values (?, ?, 'made', ?)`,
    replayId,
    deliveryId,
    madeId,
  )
}

function hasWaiting(tx: Transaction, id: ReplayId): boolean {
  const waiting = `select 1 from replay_items where replay_id = ? and state = 'waiting' limit 1`
  return tx.get(waiting, id) !== undefined
}

function stillRunning(tx: Transaction, id: ReplayId): RunningReplay | undefined {
  return tx.get<RunningReplay>(`select ${columns} from replays where id = ? and state = 'running'`, id)
}

function feedOne(tx: Transaction, itemId: number, candidate: Candidate, replay: RunningReplay, now: number): void {
  const refusal = replay.mode === 'undo' ? undoRefusal(tx, candidate) : replayRefusal(tx, candidate)
  if (refusal !== null) {
    tx.run('update replay_items set state = ?, reason = ? where id = ?', refusal.state, refusal.reason, itemId)
    return
  }
  const madeId =
    replay.mode === 'undo'
      ? makeUndo(tx, candidate, replay.id, now)
      : makeReplay(tx, candidate, { replayId: replay.id, mode: replay.mode }, now)
  tx.run(`update replay_items set state = 'made', made_id = ? where id = ?`, madeId, itemId)
}

function replayRefusal(tx: Transaction, candidate: Candidate): { state: 'refused'; reason: string } | null {
  const reason = refusalReason(tx, candidate)
  return reason === null ? null : { state: 'refused', reason }
}

import type { Transaction } from '#main/store/transaction.ts'
import { findLink } from '#main/store/links.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Link } from '#shared/domain/link.ts'
import { recordKey, type RecordRef } from '#shared/domain/record.ts'

/** The states in which a delivery keeps its place; written out once, as the partial indexes have them. */
const active = `state in ('pending', 'leased', 'waiting', 'parked')`

/**
 * The lane that a record's deliveries run in, one at a time. Both records of a linked pair share the one named after the Salesforce
 * side, whichever side a change comes from; a ConnectWise record without a link has its own until its counterpart is found.
 */
export function laneOfPair(record: RecordRef, link: Link | null): string {
  if (link === null) return recordKey(record)
  return recordKey({ system: 'salesforce', entity: link.salesforce.entity, id: link.salesforce.id })
}

/** The lane of a record as the link table stands now. */
export function laneOf(tx: Transaction, ref: RecordRef): string {
  return laneOfPair(ref, findLink(tx, ref))
}

/** Whether nobody stands in this lane, so that a newcomer would be its head. */
export function isEmpty(tx: Transaction, lane: string): boolean {
  return tx.get(`select 1 from deliveries where lane = ? and ${active} limit 1`, lane) === undefined
}

/**
 * Sees to it that a lane has exactly one head: the leased delivery where there is one, else the oldest.
 *
 * Called after each change of who stands in a lane; only a head may be leased, and that is what keeps the order.
 */
export function refreshHead(tx: Transaction, lane: string): void {
  const leased = tx.get(`select 1 from deliveries where lane = ? and state = 'leased'`, lane)
  if (leased !== undefined) return stepBack(tx, lane, 0)
  const oldest = tx.get<{ id: DeliveryId; head: number; connection_id: string }>(
    `select id, head, connection_id from deliveries where lane = ? and ${active} order by id limit 1`,
    lane,
  )
  if (oldest === undefined) return
  stepBack(tx, lane, oldest.id)
  if (oldest.head === 0) tx.run('update deliveries set head = 1 where id = ?', oldest.id)
  tx.notes.ready.add(oldest.connection_id)
}

/** Whoever was head of a lane that two others became, or came back while another is being worked on, stands behind again. */
function stepBack(tx: Transaction, lane: string, head: number): void {
  tx.run(
    `update deliveries indexed by deliveries_heads set head = 0
     where lane = ? and head = 1 and state in ('pending', 'waiting', 'parked') and id <> ?`,
    lane,
    head,
  )
}

/**
 * Has all who stand in a lane go as urgently as a newcomer behind them: it can't pass them, so they must not hold it up. Thus priority
 * numbers never fall from the oldest of a lane to the newest, and the search ends at the first who is urgent enough. What was made
 * urgent stays so, also when the newcomer is called off.
 */
export function urge(tx: Transaction, lane: string, priority: number): void {
  const raised = tx.all<{ head: number; connection_id: string }>(
    `update deliveries set priority = ? where lane = ? and ${active} and id > coalesce(
       (select id from deliveries where lane = ? and ${active} and priority <= ? order by id desc limit 1), 0)
     returning head, connection_id`,
    priority,
    lane,
    lane,
    priority,
  )
  for (const row of raised) if (row.head === 1) tx.notes.ready.add(row.connection_id)
}

/** The same for two lanes that became one. */
function urgeAll(tx: Transaction, lane: string): void {
  tx.run(
    `update deliveries set priority = behind.most from
       (select id, min(priority) over (order by id desc) as most from deliveries where lane = ? and ${active}) behind
     where deliveries.id = behind.id and deliveries.priority > behind.most`,
    lane,
  )
}

/**
 * Puts the deliveries of one lane into another, because the two records turned out to be a pair.
 *
 * Order between the lanes is by age from then on.
 */
export function joinLanes(tx: Transaction, from: string, to: string): void {
  if (from === to || isEmpty(tx, from)) return
  tx.run(
    `update deliveries set lane = ?, head = case state when 'leased' then head else 0 end where lane = ? and ${active}`,
    to,
    from,
  )
  urgeAll(tx, to)
  refreshHead(tx, to)
}

import { isEmpty, laneOf } from '#main/queue/lanes.ts'
import type { Clock } from '#main/base/clock.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { EventId, SourceId } from '#shared/domain/ids.ts'
import type { RecordRef, SystemName } from '#shared/domain/record.ts'
import { touch } from './touch.ts'

/** How often waiting deliveries are looked through for parents that nobody saves (ms). */
const everyMs = 5_000
/** How long a parent is given to come by itself (ms): most are saved together with their children. */
const graceMs = 10_000
/** Parents asked for at one time. */
const atOnce = 100

/** Looks from time to time for parents that nobody saves; answers with the way to stop that. */
export function startAskingForParents(store: Store, clock: Clock, onBug: (error: unknown) => void): () => void {
  const ask = (): void => void store.write((tx) => askForParents(tx, clock.now())).catch(onBug)
  const timer = setInterval(ask, everyMs).unref()
  return () => clearInterval(timer)
}

interface WaitingRow {
  parent: string
  event_id: EventId
  source_id: SourceId
}

/**
 * Has the parents fetched that deliveries wait for and that nobody has saved: one event each, as if somebody had touched the parent, and
 * never a second one for the same parent. A delivery that has given up by its route's age asks for nothing any more.
 */
export function askForParents(tx: Transaction, now: number): void {
  for (const system of ['salesforce', 'connectwise'] as const) {
    for (const row of waitingFor(tx, system, now)) askForParent(tx, system, row, now)
  }
}

/** The range over the names of one system's records leaves out what waits for the end of a pause. */
function waitingFor(tx: Transaction, system: SystemName, now: number): WaitingRow[] {
  return tx.all<WaitingRow>(
    `select d.waits_for as parent, min(e.id) as event_id, e.source_id
     from deliveries d indexed by deliveries_waits_for join events e on e.id = d.event_id
     where d.waits_for > ? and d.waits_for < ? and d.state = 'waiting' and d.created_at <= ?
       and not exists (select 1 from dedupe_keys where key = 'parent:' || d.waits_for)
     group by d.waits_for limit ${atOnce}`,
    `${system}:`,
    `${system};`,
    now - graceMs,
  )
}

function askForParent(tx: Transaction, system: SystemName, row: WaitingRow, now: number): void {
  const { entity, id } = refOf(system, row.parent)
  // Somebody saved it meanwhile, and it is on its way.
  if (!isEmpty(tx, laneOf(tx, { system, entity, id }))) return
  const reason = `Event ${row.event_id} waits for this record, which nobody had saved since.`
  const verifiedBy = 'Patchbay itself: another event waits for this record'
  const dedupeKey = `parent:${row.parent}`
  touch(
    tx,
    { system, entity, id },
    { sourceId: row.source_id, via: 'sweep', verifiedBy, because: { reason }, dedupeKey },
    now,
  )
}

/** Reads a record's key back; ids hold no colons. */
function refOf(system: SystemName, key: string): RecordRef {
  const [, entity = '', ...rest] = key.split(':')
  return { system, entity, id: rest.join(':') }
}

import type { OpenField } from '#main/store/conflicts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { Json, RecordRef, Values } from '#shared/domain/record.ts'
import { sameJson } from '#shared/logic/json.ts'
import { nameOf } from '#shared/logic/record-name.ts'

/** The window that guards count in (ms). */
const windowMs = 10 * 60_000
/** Times that the same value is written back to a record within the window, each after a write to its counterpart. */
const mostFlips = 4
/** Writes to one pair within the window that were set off by an echo of ours. */
const mostEchoWrites = 10

/** Why a guard stopped a delivery, and the values that a person may choose between. */
export interface Stop {
  readonly failure: Failure
  readonly fields: readonly OpenField[]
  /** What lifts it: a person's release of this subject at or after this instant (ms since 1970). */
  readonly until: { readonly subject: string; readonly at: number }
}

/** What a person lets through with a release: everything that was counted for the lane until then. */
export const laneSubject = (lane: string): string => `lane:${lane}`

/** Instant from which a guard counts (ms since 1970): the window, or a person's release inside it. */
function countsFrom(tx: Transaction, subject: string, now: number): number {
  const row = tx.get<{ released_at: number }>('select released_at from releases where subject = ?', subject)
  return Math.max(now - windowMs, row?.released_at ?? 0)
}

/** Whether a person has lifted a stop since a guard put it up. */
export function isLifted(tx: Transaction, { subject, at }: Stop['until']): boolean {
  return tx.get('select 1 from releases where subject = ? and released_at >= ?', subject, at) !== undefined
}

interface WriteRow {
  readonly id: number
  readonly system: RecordRef['system']
  readonly record_id: string
  readonly sent: string | null
  readonly own_mark: number | null
}

/** A write that is about to be made to one record of a pair. */
export interface PlannedWrite {
  readonly lane: string
  readonly source: RecordRef
  readonly destination: RecordRef
  readonly values: Values
  /** The event that set it off bears our own mark. */
  readonly ownMark: boolean
  /** The destination before the write. */
  readonly before: Values
}

/**
 * Stops a pair that is caught in a loop: the same value is written back again and again while its counterpart is written in between,
 * or writes are set off by our own echoes. People who edit a record from both sides write other values each time.
 */
export function guardLoop(tx: Transaction, write: PlannedWrite, now: number): Stop | null {
  const from = countsFrom(tx, laneSubject(write.lane), now)
  const writes = [...recentWrites(tx, write.source, from), ...recentWrites(tx, write.destination, from)]
  writes.sort((a, b) => a.id - b.id)
  const fields = Object.keys(write.values).filter((field) => countFlips(writes, write, field) >= mostFlips)
  if (fields.length > 0) return loopStop(write, fields, `the same values ${mostFlips + 1} times`, now)
  const byEcho = writes.filter((row) => row.own_mark === 1).length
  if (!write.ownMark || byEcho < mostEchoWrites) return null
  return loopStop(write, Object.keys(write.values), `${byEcho} values set off by its own writes`, now)
}

function recentWrites(tx: Transaction, ref: RecordRef, from: number): WriteRow[] {
  return tx.all<WriteRow>(
    `select w.id, w.system, w.record_id, w.sent, e.own_mark from writes w
       left join deliveries d on d.id = w.delivery_id left join events e on e.id = d.event_id
     where w.system = ? and w.entity = ? and w.record_id = ? and w.written_at > ? order by w.id desc limit 50`,
    ref.system,
    ref.entity,
    ref.id,
    from,
  )
}

/** How often this value was written to this field, each time followed by a write to the counterpart. */
function countFlips(writes: readonly WriteRow[], { destination, values }: PlannedWrite, field: string): number {
  const value = values[field] ?? null
  let flips = 0
  let isWritten = false
  for (const row of writes) {
    if (row.system !== destination.system) {
      if (isWritten) flips += 1
      isWritten = false
    } else if (row.sent !== null) {
      const sent = (JSON.parse(row.sent) as Values)[field]
      if (sent !== undefined) isWritten = sameJson(sent, value)
    }
  }
  return flips
}

function loopStop(write: PlannedWrite, names: readonly string[], what: string, now: number): Stop {
  const { before, destination, lane, source, values } = write
  const fields = names.map((field) => {
    const [wanted, actual]: Json[] = [values[field] ?? null, before[field] ?? null]
    const [salesforce, connectwise] = destination.system === 'salesforce' ? [actual, wanted] : [wanted, actual]
    return { field, salesforce: salesforce ?? null, connectwise: connectwise ?? null }
  })
  const shown = fields.map((one) => `${one.field} (${show(one.salesforce)} against ${show(one.connectwise)})`)
  const pair = `${nameOf(source)} and ${nameOf(destination)}`
  const failure: Failure = {
    class: 'permanent',
    stage: 'transform',
    code: 'PING_PONG',
    sentence: `${pair} keep changing each other: ${shown.join(', ')}. Patchbay has carried ${what} within ${windowMs / 60_000} minutes and stopped.`,
    fix: 'Find the workflow rule or integration that sets the value back, in either system. Then choose the value that stays, or release to go on.',
  }
  return { failure, fields, until: { subject: laneSubject(lane), at: now } }
}

function show(value: Json): string {
  if (value === null || value === '') return 'empty'
  return `"${(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 60)}"`
}

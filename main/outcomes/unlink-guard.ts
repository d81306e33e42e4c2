import type { Transaction } from '#main/store/transaction.ts'
import { massCode, type MassCode } from '#shared/domain/failure-group.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { EventId, SourceId } from '#shared/domain/ids.ts'
import { systemTitle, type RecordRef } from '#shared/domain/record.ts'
import type { Stop } from './guards.ts'

/** The window that the guard counts in (ms). */
const windowMs = 10 * 60_000

/** A link that is about to end, because one of its records is not there any more. */
export interface PlannedUnlink {
  readonly eventId: EventId
  readonly sourceId: SourceId
  readonly gone: RecordRef
  /** What the event says of it: that it was deleted, something else, or nothing, as it is about the other record. */
  readonly told: 'deleted' | 'changed' | 'nothing'
  /** When a person ordered it (ms since 1970); null for a live event. */
  readonly orderedAt: number | null
  /** Links that may end within the window without a person; null: all. */
  readonly most: number | null
}

/** What a person lets through with a release: all that was received, or ordered, until then. */
export function unlinkSubject(code: MassCode, sourceId: SourceId): string {
  return `${code === 'MASS_DELETE' ? 'deletions' : 'gone'}:${sourceId}`
}

/**
 * Stops the end of a link that is one of very many: an import gone wrong, a system that was emptied, or a user who may not see its
 * records any more. It does so
 *
 * - where more deletions were received together, whenever they are worked off;
 * - where as many links have ended lately, whatever ended them, save those that a person let through;
 * - as long as others are held for the same reason: time does not decide in a person's place.
 */
export function guardUnlink(tx: Transaction, unlink: PlannedUnlink, now: number): Stop | null {
  const { eventId, most, orderedAt, sourceId, told } = unlink
  if (most === null) return null
  const event = tx.get<{ receivedAt: number }>('select received_at as receivedAt from events where id = ?', eventId)
  if (event === undefined) return null
  const code = told === 'deleted' ? massCode.deleted : massCode.gone
  const subject = unlinkSubject(code, sourceId)
  if (releasedAt(tx, subject) >= (orderedAt ?? event.receivedAt)) return null
  const isTogether = told !== 'nothing' && orderedAt === null && areTogether(tx, sourceId, event.receivedAt, most)
  const why = isTogether ? 'deleted' : haveEnded(tx, most, now) ? 'ended' : areHeld(tx, code, sourceId) ? 'held' : null
  return why === null ? null : { failure: describe(unlink, most, why), fields: [], until: { subject, at: now } }
}

function releasedAt(tx: Transaction, subject: string): number {
  const row = tx.get<{ at: number }>('select released_at as at from releases where subject = ?', subject)
  return row?.at ?? -Infinity
}

/** Whether more than so many deletions of a source were received within one window with this instant in it. */
function areTogether(tx: Transaction, sourceId: SourceId, at: number, most: number): boolean {
  const from = Math.max(at - windowMs, releasedAt(tx, unlinkSubject(massCode.deleted, sourceId)))
  const before = tx.all<{ at: number }>(
    `select received_at as at from events indexed by events_deleted
     where source_id = ? and action = 'deleted' and received_at > ? and received_at <= ? order by received_at desc limit ?`,
    sourceId,
    from,
    at,
    most + 1,
  )
  const after = tx.all<{ at: number }>(
    `select received_at as at from events indexed by events_deleted
     where source_id = ? and action = 'deleted' and received_at > ? and received_at < ? order by received_at limit ?`,
    sourceId,
    at,
    at + windowMs,
    most + 1,
  )
  const times = [...before.toReversed(), ...after].map((row) => row.at)
  return times.some((first, index) => (times[index + most] ?? Infinity) - first < windowMs)
}

/** Whether so many links have ended in the window before now that this would be one too many. */
function haveEnded(tx: Transaction, most: number, now: number): boolean {
  const row = tx.get<{ n: number }>(
    `select count(*) as n from (
       select 1 from deliveries d indexed by deliveries_unlinked join events e on e.id = d.event_id
       where d.result = 'unlinked' and d.ended_at > ? and not exists (
         select 1 from releases r where r.subject in ('deletions:' || e.source_id, 'gone:' || e.source_id)
           and r.released_at >= case d.mode when 'live' then e.received_at else d.created_at end)
       limit ?)`,
    now - windowMs,
    most,
  )
  return (row?.n ?? 0) >= most
}

function areHeld(tx: Transaction, code: MassCode, sourceId: SourceId): boolean {
  const held = tx.get(
    `select 1 from deliveries d indexed by deliveries_parked
     where d.state = 'parked' and d.failure_code = ? and (select e.source_id from events e where e.id = d.event_id) = ? limit 1`,
    code,
    sourceId,
  )
  return held !== undefined
}

function describe(unlink: PlannedUnlink, most: number, why: 'deleted' | 'ended' | 'held'): Failure {
  const base = { class: 'permanent', stage: 'transform' } as const
  const [system, minutes] = [systemTitle[unlink.gone.system], windowMs / 60_000]
  const source = `source "${unlink.sourceId}"`
  if (unlink.told === 'deleted') {
    const sentence = {
      deleted: `More than ${most} ${most === 1 ? 'record was' : 'records were'} deleted in ${system} within ${minutes} minutes (${source}).`,
      ended: `Records were deleted in ${system} (${source}), and more than ${most} ${most === 1 ? 'link' : 'links'} would have ended within ${minutes} minutes.`,
      held: `Records were deleted in ${system} (${source}), and earlier ones are still held.`,
    }[why]
    return {
      ...base,
      code: massCode.deleted,
      sentence: `${sentence} Patchbay keeps their links until a person says that this was meant.`,
      fix: 'Look at what was deleted. If it was meant, release; if not, restore the records there, then cancel these deliveries. How many pass is a setting of the source.',
    }
  }
  const clause = {
    deleted: `more than ${most} ${most === 1 ? 'was' : 'were'} deleted there within ${minutes} minutes`,
    ended: `more than ${most} ${most === 1 ? 'link' : 'links'} would have ended within ${minutes} minutes`,
    held: 'earlier ones are still held',
  }[why]
  return {
    ...base,
    code: massCode.gone,
    sentence: `Linked records can't be found in ${system} any more (events of the ${source}), and ${clause}. Patchbay keeps their links until a person has looked.`,
    fix: `Look for some of them in ${system}. If they are there, Patchbay's user may not see them any more: give back that right, then release, and each is carried over. If they were deleted and that was meant, release as well. How many pass is a setting of the source.`,
  }
}

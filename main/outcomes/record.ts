import { joinLanes } from '#main/queue/lanes.ts'
import { settle, wakeWaitingFor, type Lease } from '#main/queue/queue.ts'
import { saveOpenFields, type OpenField } from '#main/store/conflicts.ts'
import { isHeld, releaseKeys } from '#main/store/held-keys.ts'
import { endLink, findLink, forgetVersion, moveLink, upsertLink, type LinkUpdate } from '#main/store/links.ts'
import { noteOwnWrite, type OwnWrite } from '#main/store/own-writes.ts'
import { findPause, pausedName } from '#main/store/pauses.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryResult } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { EventId, LinkId } from '#shared/domain/ids.ts'
import { pauseKey, pauseSentence, type Pause } from '#shared/domain/pause.ts'
import { recordKey, type RecordRef } from '#shared/domain/record.ts'
import { addAttempt, type AttemptRecord } from './attempts.ts'
import { refreshEvent } from './event-state.ts'
import { isLifted, type Stop } from './guards.ts'
import { measureOutcome } from './measure.ts'
import type { NextStep } from './next-step.ts'
import { guardUnlink, type PlannedUnlink } from './unlink-guard.ts'

/** What came of one try at a delivery. */
export type Outcome =
  | {
      readonly kind: 'delivered'
      readonly result: DeliveryResult
      readonly note: string
      readonly destination: RecordRef
      /** How the pair stands now; null when nothing is known to be in step. */
      readonly link: LinkUpdate | null
      /** Set when something was written: our own mark in the ledger, to know the echo by. */
      readonly written: (Omit<OwnWrite, 'sent'> & { readonly sent?: OwnWrite['sent'] }) | null
      /** What a person's choice made us write to the source. */
      readonly writtenBack?: OwnWrite | null
    }
  | {
      readonly kind: 'unlinked'
      readonly note: string
      readonly linkId: LinkId
      /** What the guard is asked about once more, beside all that ended meanwhile. */
      readonly planned?: PlannedUnlink
    }
  | { readonly kind: 'skipped'; readonly note: string }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly next: NextStep }
  | {
      readonly kind: 'parked'
      readonly failure: Failure
      readonly fields?: readonly OpenField[]
      /** Set when a guard stopped it. */
      readonly until?: Stop['until']
    }
  /** One record of a pair was merged into another one, which has its link now; `again`: the delivery itself is still to be made. */
  | {
      readonly kind: 'moved'
      readonly note: string
      readonly linkId: LinkId
      readonly loser: RecordRef
      readonly winner: RecordRef
      readonly kept: RecordRef
      readonly rest: 'done' | 'again'
    }
  /** The record turned out to belong to a pair: stand in that pair's lane and come again. */
  | { readonly kind: 'joined'; readonly fromLane: string; readonly lane: string; readonly note: string }
  /** What stopped it is no more: come again at once. */
  | { readonly kind: 'again'; readonly note: string }
  /** Somebody has paused: wait for the end of that, as if nothing had been tried. */
  | { readonly kind: 'held'; readonly pause: Pause }

/**
 * Writes down an outcome: attempt, state of the delivery, link, ledger, and the release of the lease, all in one transaction.
 *
 * Answers false, and changes nothing, when the lease was lost meanwhile: whoever holds it now will tell.
 */
export function recordOutcome(
  tx: Transaction,
  lease: Lease,
  eventId: EventId,
  concluded: Outcome,
  attempt: AttemptRecord | null,
  now: number,
): boolean {
  const outcome = asItStands(tx, concluded, now)
  if (!settle(tx, lease, settlementOf(tx, outcome, now))) return false
  // One that looks again has done nothing that its attempt could tell.
  const told = outcome.kind === 'again' ? null : attempt
  if (told !== null) addAttempt(tx, lease.deliveryId, told)
  describe(tx, lease, outcome)
  if (outcome.kind === 'delivered') recordEffect(tx, lease, outcome, now)
  if (outcome.kind === 'unlinked') endLink(tx, outcome.linkId, now)
  if (outcome.kind === 'joined') joinLanes(tx, outcome.fromLane, outcome.lane)
  if (outcome.kind === 'moved') recordMove(tx, outcome, now)
  if (outcome.kind === 'parked') saveOpenFields(tx, lease.deliveryId, outcome.fields ?? [])
  settleKeys(tx, lease, outcome, now)
  refreshEvent(tx, eventId, now)
  measureOutcome(tx, lease.deliveryId, outcome, told !== null, now)
  return true
}

/**
 * What was found out before this transaction may not hold any more. A link that has changed hands since the transform looked can't be
 * moved: the delivery looks again; so does one whose link would now be one too many to end. And whom a person has let through meanwhile
 * is not parked: no release would come a second time.
 */
function asItStands(tx: Transaction, outcome: Outcome, now: number): Outcome {
  if (outcome.kind === 'unlinked' && outcome.planned !== undefined && guardUnlink(tx, outcome.planned, now) !== null)
    return { kind: 'again', note: 'Many links end at once; it looks once more whether this one may.' }
  if (outcome.kind === 'parked' && outcome.until !== undefined && isLifted(tx, outcome.until))
    return { kind: 'again', note: 'A person has let it through; it is on its way again.' }
  if (outcome.kind !== 'moved') return outcome
  const own = findLink(tx, outcome.winner)
  const isFree = (own === null || own.endedAt !== null) && findLink(tx, outcome.loser)?.id === outcome.linkId
  return isFree ? outcome : { ...outcome, rest: 'again' }
}

function recordMove(tx: Transaction, outcome: Extract<Outcome, { kind: 'moved' }>, now: number): void {
  const { kept, loser, winner } = outcome
  if (!moveLink(tx, outcome.linkId, loser, winner, now)) return
  const lane = recordKey(winner.system === 'salesforce' ? winner : kept)
  joinLanes(tx, recordKey(loser), lane)
  joinLanes(tx, recordKey(winner), lane)
  wakeWaitingFor(tx, recordKey(winner), now)
}

/** Lets go of the natural keys, and wakes those who waited for them; one that waits for a key let go of just now goes on at once. */
function settleKeys(tx: Transaction, lease: Lease, outcome: Outcome, now: number): void {
  for (const key of releaseKeys(tx, lease.deliveryId)) wakeWaitingFor(tx, key, now)
  const key = outcome.kind === 'failed' ? outcome.failure.waitsFor : undefined
  if (key?.startsWith('key:') === true && !isHeld(tx, key, lease.deliveryId)) wakeWaitingFor(tx, key, now)
}

/** Stands for "when the pause has ended": no instant is later. */
const untilResumed = 8_640_000_000_000_000

function settlementOf(tx: Transaction, outcome: Outcome, now: number): Parameters<typeof settle>[2] {
  switch (outcome.kind) {
    case 'delivered':
    case 'unlinked':
      return { state: 'delivered', availableAt: now, endedAt: now }
    case 'skipped':
      return { state: 'skipped', availableAt: now, endedAt: now }
    case 'moved':
      return outcome.rest === 'done'
        ? { state: 'delivered', availableAt: now, endedAt: now }
        : { state: 'pending', availableAt: now, endedAt: null }
    case 'parked':
      return { state: 'parked', availableAt: now, endedAt: null }
    case 'joined':
    case 'again':
      return { state: 'pending', availableAt: now, endedAt: null }
    case 'held': {
      // A pause that ended just now wakes nobody any more.
      const isOver = findPause(tx, outcome.pause) === null
      return { state: 'waiting', availableAt: isOver ? now : untilResumed, endedAt: null }
    }
    case 'failed': {
      const { state, availableAt } = outcome.next
      return { state, availableAt, endedAt: state === 'dead' ? now : null }
    }
  }
}

function describe(tx: Transaction, lease: Lease, outcome: Outcome): void {
  if (outcome.kind === 'held') return describeHeld(tx, lease, outcome.pause)
  const failure = outcome.kind === 'failed' || outcome.kind === 'parked' ? outcome.failure : null
  const destination = outcome.kind === 'delivered' ? outcome.destination : null
  tx.run(
    `update deliveries set note = ?, failure = ?, result = ?, waits_for = ?, intent = case when ? then intent end,
       destination_entity = coalesce(?, destination_entity), destination_id = coalesce(?, destination_id),
       attempt_count = attempt_count + ?
     where id = ?`,
    noteOf(outcome),
    failure === null ? null : JSON.stringify(failure),
    outcome.kind === 'delivered' ? outcome.result : resultWithoutWrite(outcome),
    failure?.waitsFor ?? null,
    isToBeTriedAgain(outcome) ? 1 : 0,
    destination?.entity ?? null,
    destination?.id ?? null,
    countsAsTry(outcome) ? 1 : 0,
    lease.deliveryId,
  )
}

/** Then the intent stays: a write without an answer may have taken effect, and the next try has to know what it was. */
function isToBeTriedAgain(outcome: Outcome): boolean {
  return (
    outcome.kind === 'joined' ||
    outcome.kind === 'again' ||
    outcome.kind === 'parked' ||
    (outcome.kind === 'failed' && outcome.next.state === 'waiting')
  )
}

function resultWithoutWrite(outcome: Outcome): DeliveryResult | null {
  if (outcome.kind === 'unlinked') return 'unlinked'
  return outcome.kind === 'moved' && outcome.rest === 'done' ? 'linked' : null
}

/** Leaves the last failure and the intent as they are: they matter again once the pause is over. */
function describeHeld(tx: Transaction, lease: Lease, pause: Pause): void {
  tx.run(
    'update deliveries set note = ?, waits_for = ? where id = ?',
    pauseSentence(pause, pausedName(tx, pause)),
    pauseKey(pause),
    lease.deliveryId,
  )
}

function noteOf(outcome: Exclude<Outcome, { kind: 'held' }>): string {
  if (outcome.kind === 'parked') return outcome.failure.sentence
  if (outcome.kind !== 'failed') return outcome.note
  const { failure, next } = outcome
  return next.exhausted === null ? failure.sentence : `${failure.sentence} ${next.exhausted}`
}

function countsAsTry(outcome: Exclude<Outcome, { kind: 'held' }>): boolean {
  if (outcome.kind === 'joined' || outcome.kind === 'again' || (outcome.kind === 'moved' && outcome.rest === 'again'))
    return false
  return outcome.kind === 'failed' ? outcome.next.counts : true
}

function recordEffect(
  tx: Transaction,
  lease: Lease,
  outcome: Extract<Outcome, { kind: 'delivered' }>,
  now: number,
): void {
  const { link, written } = outcome
  const writes = [written, outcome.writtenBack ?? null].filter((one) => one !== null)
  for (const one of writes) noteOwnWrite(tx, { sent: {}, ...one }, lease.deliveryId, now)
  if (link === null) return
  upsertLink(tx, link, now)
  // What the record was before our write is not newer than what we wrote.
  for (const { ref, version } of writes) if (version === null) forgetVersion(tx, ref)
  const lane = recordKey({ system: 'salesforce', entity: link.salesforce.entity, id: link.salesforce.id })
  const twin = recordKey({ system: 'connectwise', entity: link.connectwise.entity, id: link.connectwise.id })
  joinLanes(tx, twin, lane)
  wakeWaitingFor(tx, lane, now)
  wakeWaitingFor(tx, twin, now)
}

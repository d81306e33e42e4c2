import { joinLanes } from '#main/queue/lanes.ts'
import { settle, wakeWaitingFor, type Lease } from '#main/queue/queue.ts'
import { endLink, upsertLink, type LinkUpdate } from '#main/store/links.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryResult } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { EventId, LinkId } from '#shared/domain/ids.ts'
import { recordKey, type RecordRef } from '#shared/domain/record.ts'
import { addAttempt, type AttemptRecord } from './attempts.ts'
import { refreshEvent } from './event-state.ts'
import type { NextStep } from './next-step.ts'

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
      readonly written: { readonly ref: RecordRef; readonly version: string | null } | null
    }
  | { readonly kind: 'unlinked'; readonly note: string; readonly linkId: LinkId }
  | { readonly kind: 'skipped'; readonly note: string }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly next: NextStep }
  | { readonly kind: 'parked'; readonly failure: Failure }
  /** The record turned out to belong to a pair: stand in that pair's lane and come again. */
  | { readonly kind: 'joined'; readonly fromLane: string; readonly lane: string; readonly note: string }

/**
 * Writes down an outcome: attempt, state of the delivery, link, ledger, and the release of the lease, all in one transaction.
 *
 * Answers false, and changes nothing, when the lease was lost meanwhile: whoever holds it now will tell.
 */
export function recordOutcome(
  tx: Transaction,
  lease: Lease,
  eventId: EventId,
  outcome: Outcome,
  attempt: AttemptRecord | null,
  now: number,
): boolean {
  if (!settle(tx, lease, settlementOf(outcome, now))) return false
  if (attempt !== null) addAttempt(tx, lease.deliveryId, attempt)
  describe(tx, lease, outcome)
  if (outcome.kind === 'delivered') recordEffect(tx, lease, outcome, now)
  if (outcome.kind === 'unlinked') endLink(tx, outcome.linkId, now)
  if (outcome.kind === 'joined') joinLanes(tx, outcome.fromLane, outcome.lane)
  refreshEvent(tx, eventId, now)
  return true
}

function settlementOf(outcome: Outcome, now: number): Parameters<typeof settle>[2] {
  switch (outcome.kind) {
    case 'delivered':
    case 'unlinked':
      return { state: 'delivered', availableAt: now, endedAt: now }
    case 'skipped':
      return { state: 'skipped', availableAt: now, endedAt: now }
    case 'parked':
      return { state: 'parked', availableAt: now, endedAt: null }
    case 'joined':
      return { state: 'pending', availableAt: now, endedAt: null }
    case 'failed': {
      const { state, availableAt } = outcome.next
      return { state, availableAt, endedAt: state === 'dead' ? now : null }
    }
  }
}

function describe(tx: Transaction, lease: Lease, outcome: Outcome): void {
  const failure = outcome.kind === 'failed' || outcome.kind === 'parked' ? outcome.failure : null
  const destination = outcome.kind === 'delivered' ? outcome.destination : null
  tx.run(
    `update deliveries set note = ?, failure = ?, result = ?, waits_for = ?, intent = null,
       destination_entity = coalesce(?, destination_entity), destination_id = coalesce(?, destination_id),
       attempt_count = attempt_count + ?
     where id = ?`,
    noteOf(outcome),
    failure === null ? null : JSON.stringify(failure),
    outcome.kind === 'delivered' ? outcome.result : outcome.kind === 'unlinked' ? 'unlinked' : null,
    failure?.waitsFor ?? null,
    destination?.entity ?? null,
    destination?.id ?? null,
    countsAsTry(outcome) ? 1 : 0,
    lease.deliveryId,
  )
}

function noteOf(outcome: Outcome): string {
  if (outcome.kind === 'parked') return outcome.failure.sentence
  if (outcome.kind !== 'failed') return outcome.note
  const { failure, next } = outcome
  return next.exhausted === null ? failure.sentence : `${failure.sentence} ${next.exhausted}`
}

function countsAsTry(outcome: Outcome): boolean {
  if (outcome.kind === 'joined') return false
  return outcome.kind === 'failed' ? outcome.next.counts : true
}

function recordEffect(
  tx: Transaction,
  lease: Lease,
  outcome: Extract<Outcome, { kind: 'delivered' }>,
  now: number,
): void {
  const { link, written } = outcome
  if (written !== null) {
    tx.run(
      'insert into writes (system, entity, record_id, version, delivery_id, written_at) values (?, ?, ?, ?, ?, ?)',
      written.ref.system,
      written.ref.entity,
      written.ref.id,
      written.version,
      lease.deliveryId,
      now,
    )
  }
  if (link === null) return
  upsertLink(tx, link, now)
  const lane = recordKey({ system: 'salesforce', entity: link.salesforce.entity, id: link.salesforce.id })
  const twin = recordKey({ system: 'connectwise', entity: link.connectwise.entity, id: link.connectwise.id })
  joinLanes(tx, twin, lane)
  wakeWaitingFor(tx, lane, now)
  wakeWaitingFor(tx, twin, now)
}

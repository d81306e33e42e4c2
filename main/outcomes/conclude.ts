import type { Failure } from '#shared/domain/failure.ts'
import { otherSystem, systemTitle, type RecordRef, type RemoteRecord, type Values } from '#shared/domain/record.ts'
import type { RetryPolicy } from '#shared/domain/route.ts'
import type { OpenField } from '#main/store/conflicts.ts'
import type { OwnWrite } from '#main/store/own-writes.ts'
import type { LinkUpdate } from '#main/store/links.ts'
import { nextStep } from './next-step.ts'
import type { Outcome } from './record.ts'

type Synced = Readonly<Record<RecordRef['system'], Values>>

/** What the transform found out on the way, as far as outcomes need it. */
export interface Known {
  readonly sourceVersion: string | null
  readonly changes: readonly { readonly field: string }[]
  /** What a person would call the destination record; null when its name did not come up. */
  readonly destinationTitle: string | null
  /** A sentence to add to the note; null or absent when there is none. */
  readonly remark?: string | null
}

/** A change that was to be written. */
export type Planned =
  | { readonly kind: 'create'; readonly entity: string; readonly values: Values; readonly synced: Synced }
  | {
      readonly kind: 'update'
      readonly destination: RemoteRecord
      readonly values: Values
      readonly isNewLink: boolean
      readonly synced: Synced
    }

/** A transform that found nothing to write. */
export type Settled =
  | {
      readonly kind: 'unchanged'
      readonly destination: RecordRef
      readonly destinationVersion: string | null
      readonly isNewLink: boolean
      readonly synced: Synced
    }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'wait-lane'; readonly lane: string }
  | {
      readonly kind: 'park'
      readonly reason: string
      readonly conflicts: readonly (OpenField & { readonly winner: unknown })[]
    }
  | {
      readonly kind: 'move'
      readonly link: { readonly id: Extract<Outcome, { kind: 'unlinked' }>['linkId'] } & Readonly<
        Record<RecordRef['system'], { readonly entity: string; readonly id: string }>
      >
      readonly loser: RecordRef
      readonly winner: RecordRef
      readonly rest: 'done' | 'again'
      readonly reason: string
    }
  | {
      readonly kind: 'unlink'
      readonly link: { readonly id: Extract<Outcome, { kind: 'unlinked' }>['linkId'] }
      readonly reason: string
    }

/** The outcome of a write that got through. */
export function concludeWrite(
  planned: Planned,
  receipt: { readonly created: boolean; readonly record: RemoteRecord },
  known: Known,
  source: RecordRef,
  writtenBack: OwnWrite | null = null,
): Outcome {
  const { record, created } = receipt
  const done = created ? 'Created' : 'Updated'
  // A choice may have changed the source alone.
  const isEmpty = planned.kind === 'update' && Object.keys(planned.values).length === 0
  const fields = created || known.changes.length === 0 ? '' : `: ${listFields(known.changes)}`
  return {
    kind: 'delivered',
    result: created ? 'created' : 'updated',
    note: `${done} in ${systemTitle[record.ref.system]}${fields} (${nameOf(record.ref, known.destinationTitle)}).${remarkOf(known)}`,
    destination: record.ref,
    link: linkOf(source, known.sourceVersion, record.ref, record.version, planned.synced),
    written: isEmpty ? null : { ref: record.ref, version: record.version, sent: planned.values },
    writtenBack,
  }
}

/** The outcome of a transform that found nothing to write. */
export function concludeWithoutWrite(settled: Settled, known: Known, source: RecordRef, lane: string): Outcome {
  switch (settled.kind) {
    case 'skip':
      return { kind: 'skipped', note: settled.reason }
    case 'wait-lane':
      return {
        kind: 'joined',
        fromLane: lane,
        lane: settled.lane,
        note: 'It waits for its turn behind the record it is paired with.',
      }
    case 'unlink':
      return { kind: 'unlinked', note: settled.reason, linkId: settled.link.id }
    case 'park':
      return {
        kind: 'parked',
        failure: { class: 'permanent', stage: 'transform', code: 'CONFLICT', sentence: settled.reason },
        fields: settled.conflicts.filter((conflict) => conflict.winner === null),
      }
    case 'move': {
      const { link, loser, reason, rest, winner } = settled
      const system = otherSystem(winner.system)
      const kept: RecordRef = { system, entity: link[system].entity, id: link[system].id }
      return { kind: 'moved', note: reason, linkId: link.id, loser, winner, kept, rest }
    }
    case 'unchanged': {
      const { destination, destinationVersion, isNewLink, synced } = settled
      return {
        kind: 'delivered',
        result: isNewLink ? 'linked' : 'unchanged',
        note: `${systemTitle[destination.system]} already says the same${isNewLink ? '; the two are linked now' : ''} (${nameOf(destination, known.destinationTitle)}).${remarkOf(known)}`,
        destination,
        link: linkOf(source, known.sourceVersion, destination, destinationVersion, synced),
        written: null,
      }
    }
  }
}

/**
 * The outcome of a failure: another try, or a dead letter.
 *
 * @param probeAgainAt set when the connection was known to be down: wait for its next probe, and use up no try
 */
export function concludeFailure(
  failure: Failure,
  delivery: { readonly attemptCount: number; readonly createdAt: number },
  policy: RetryPolicy,
  now: number,
  probeAgainAt: number | null,
): Outcome {
  const next = nextStep(failure, delivery, policy, now, Math.random)
  if (probeAgainAt === null || now - delivery.createdAt >= policy.maxAgeMs) return { kind: 'failed', failure, next }
  return {
    kind: 'failed',
    failure,
    next: { state: 'waiting', availableAt: probeAgainAt, counts: false, exhausted: null },
  }
}

function linkOf(
  source: RecordRef,
  sourceVersion: string | null,
  destination: RecordRef,
  destinationVersion: string | null,
  synced: Synced,
): LinkUpdate {
  const from = { entity: source.entity, id: source.id, version: sourceVersion, synced: synced[source.system] }
  const to = {
    entity: destination.entity,
    id: destination.id,
    version: destinationVersion,
    synced: synced[otherSystem(source.system)],
  }
  return source.system === 'salesforce' ? { salesforce: from, connectwise: to } : { salesforce: to, connectwise: from }
}

/** Names a record as people do, where its name is known; with its id, as that is what they search for. */
function nameOf(ref: RecordRef, title: string | null): string {
  return title === null ? `${ref.entity} ${ref.id}` : `${ref.entity} ‘${title}’, id ${ref.id}`
}

function remarkOf({ remark = null }: Known): string {
  return remark === null ? '' : ` ${remark}`
}

function listFields(changes: readonly { readonly field: string }[]): string {
  const shown = changes.slice(0, 4).map((change) => change.field)
  return changes.length > shown.length
    ? `${shown.join(', ')} and ${changes.length - shown.length} more`
    : shown.join(', ')
}

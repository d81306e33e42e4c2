import type { Failure } from '#shared/domain/failure.ts'
import { otherSystem, systemTitle, type RecordRef, type RemoteRecord, type Values } from '#shared/domain/record.ts'
import type { RetryPolicy } from '#shared/domain/route.ts'
import type { LinkUpdate } from '#main/store/links.ts'
import { nextStep } from './next-step.ts'
import type { Outcome } from './record.ts'

type Synced = Readonly<Record<RecordRef['system'], Values>>

/** What the transform found out on the way, as far as outcomes need it. */
export interface Known {
  readonly sourceVersion: string | null
  readonly changes: readonly { readonly field: string }[]
}

/** A change that was to be written. */
export type Planned =
  | { readonly kind: 'create'; readonly entity: string; readonly synced: Synced }
  | {
      readonly kind: 'update'
      readonly destination: RemoteRecord
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
  | { readonly kind: 'park'; readonly reason: string }
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
): Outcome {
  const { record, created } = receipt
  const done = created ? 'created' : 'updated'
  const fields = created || planned.kind === 'create' ? '' : ` (${listFields(known.changes)})`
  return {
    kind: 'delivered',
    result: done,
    note: `${nameOf(record.ref)} was ${done}${fields}.`,
    destination: record.ref,
    link: linkOf(source, known.sourceVersion, record.ref, record.version, planned.synced),
    written: { ref: record.ref, version: record.version },
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
      }
    case 'unchanged': {
      const { destination, destinationVersion, isNewLink, synced } = settled
      return {
        kind: 'delivered',
        result: isNewLink ? 'linked' : 'unchanged',
        note: `${nameOf(destination)} already says the same${isNewLink ? '; the two are linked now' : ''}.`,
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

function nameOf(ref: RecordRef): string {
  return `${systemTitle[ref.system]} ${ref.entity} ${ref.id}`
}

function listFields(changes: readonly { readonly field: string }[]): string {
  const shown = changes.slice(0, 4).map((change) => change.field)
  return changes.length > shown.length
    ? `${shown.join(', ')} and ${changes.length - shown.length} more`
    : shown.join(', ')
}

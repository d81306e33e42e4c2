import type { Exchange } from '#shared/domain/delivery.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { RemoteRecord, SystemName, Values } from '#shared/domain/record.ts'
import type { EntityDescription, EntityLabel } from '#shared/domain/schema.ts'

/** What goes along with every call: how to stop it, and where its HTTP exchanges are written down. */
export interface CallContext {
  readonly purpose: Exchange['purpose']
  readonly signal: AbortSignal
  /** Takes a redacted copy of each exchange made for this call. */
  readonly record: (exchange: Exchange) => void
}

/** That a record was changed, and when; without what it is now. */
export interface RecordChange {
  readonly id: string
  /** The record's version since, as `RemoteRecord.version`. */
  readonly version: string
  readonly isDeleted: boolean
}

/** A record to be made at the other side. */
export interface CreateOrder {
  readonly entity: string
  readonly values: Values
  /** The id of the record this one is made from; written into the new record itself, so that it can be found again. */
  readonly foreignId: string
  /** The other side was asked for `foreignId` and has no such record, nor can an earlier try have made one since: it need not be asked again. */
  readonly isAbsent?: boolean
  /** Same for every attempt of a delivery, new for a replay. */
  readonly idempotencyKey: string
}

export interface UpdateOrder {
  readonly entity: string
  readonly id: string
  /** Only the fields that change; null clears. */
  readonly changes: Values
  /** The record as it was when `changes` was computed. */
  readonly before: RemoteRecord
}

/** What a write did. `record` is the record afterwards, as far as the answer (or a read-back) told. */
export interface WriteReceipt {
  readonly created: boolean
  readonly record: RemoteRecord
}

/** One finding of a connection test, with what to do when it is not good. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly sentence: string
  readonly fix: string | null
}

/**
 * What Patchbay can do with a system's records. Every method answers with a value: failures are classified here, at the
 * edge, and nothing but a bug throws.
 *
 * Field names in `Values` are flat: nested references use slashes (`company/id`), custom fields `customFields/<caption>`.
 */
export interface Connector {
  readonly system: SystemName
  /** The record as it is now; null when it is not there any more. */
  fetch(entity: string, id: string, context: CallContext): Promise<Result<RemoteRecord | null>>
  /** Records that carry `foreignId` as their cross-reference; more than one is somebody's problem to solve, not ours to pick from. */
  findByCrossReference(
    entity: string,
    foreignId: string,
    context: CallContext,
  ): Promise<Result<readonly RemoteRecord[]>>
  /** Records whose `field` equals `value` (text compared without regard to case). */
  findByField(
    entity: string,
    field: string,
    value: string,
    context: CallContext,
  ): Promise<Result<readonly RemoteRecord[]>>
  /**
   * Every record whose last change came after an instant (ISO, UTC), each once. Deleted ones are among them where the system keeps
   * them for a time; ConnectWise does not.
   */
  changedSince(entity: string, since: string, context: CallContext): Promise<Result<readonly RecordChange[]>>
  /** The id of the record that a deleted one was merged into; null when it was not, or the system keeps no trace of it. */
  findWinner(entity: string, id: string, context: CallContext): Promise<Result<string | null>>
  /** Makes the record, or finds that it was made before. Never makes a second one for the same `foreignId`. */
  create(order: CreateOrder, context: CallContext): Promise<Result<WriteReceipt>>
  update(order: UpdateOrder, context: CallContext): Promise<Result<WriteReceipt>>
  /** The kinds of records that Patchbay could read and write. */
  listEntities(context: CallContext): Promise<Result<readonly EntityLabel[]>>
  /** The fields of an entity as the system tells of them now, under the names that `Values` has. */
  describe(entity: string, context: CallContext): Promise<Result<EntityDescription>>
  /** Tries sign-in, rights and clock, each with a sentence. */
  check(context: CallContext): Promise<readonly Check[]>
  /** Calls used and allowed in the vendor's current window, as of the last answer. */
  budget(): { readonly used: number; readonly limit: number } | null
  /** Ends idle connections; calls under way may finish. */
  close(): Promise<void>
}

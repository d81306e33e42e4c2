import { append } from '#main/journal/append.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { EventId, SourceId } from '#shared/domain/ids.ts'
import type { RecordRef } from '#shared/domain/record.ts'

/** Why a record is looked at although its system has announced nothing. */
export interface Touch {
  readonly sourceId: SourceId
  readonly via: 'sweep' | 'manual'
  readonly verifiedBy: string
  /** Stands in the event's payload beside the record. */
  readonly because: Readonly<Record<string, string>>
  readonly dedupeKey: string
}

/** Stores an event as if somebody had touched the record; answers with the one that is there when its dedupe key is known. */
export function touch(tx: Transaction, ref: RecordRef, reason: Touch, now: number): EventId {
  const { system, entity, id } = ref
  const [receipt] = append(tx, {
    sourceId: reason.sourceId,
    system,
    via: reason.via,
    receivedAt: now,
    contentType: 'application/json',
    headers: {},
    verifiedBy: reason.verifiedBy,
    items: [
      {
        content: {
          recordId: id,
          entity,
          action: 'touched',
          title: null,
          version: null,
          occurredAt: null,
          actor: null,
          ownMark: false,
          fields: null,
          full: false,
        },
        body: new TextEncoder().encode(JSON.stringify({ entity, id, ...reason.because })),
        dedupeKeys: [reason.dedupeKey],
      },
    ],
  })
  if (receipt === undefined) throw new Error('a touch was not stored')
  return receipt.eventId
}

import type { EventContent, EventVia, RejectionCode } from './event.ts'
import type { EventId, SourceId } from './ids.ts'
import type { SystemName } from './record.ts'

/**
 * A dedupe key that begins so names what the record was like, not one reception: it makes a duplicate only while the event it names is
 * the newest one of its record. A change there and back again ends in the same bytes, and must not be lost.
 */
export const newestOnly = 'newest:'

/** One event of an arrival. */
export interface ArrivalItem {
  readonly content: EventContent
  /** The bytes as they came; where a request held several events, this one's part of it. */
  readonly body: Uint8Array
  /** Every name under which the same event may come in again; any one that is known makes it a duplicate (but see `newestOnly`). */
  readonly dedupeKeys: readonly string[]
}

/** What came in at one moment, verified and parsed, ready for the journal. */
export interface Arrival {
  readonly sourceId: SourceId
  readonly system: SystemName
  readonly via: EventVia
  /** ms since 1970. */
  readonly receivedAt: number
  readonly contentType: string
  /** Request headers without secrets. */
  readonly headers: Readonly<Record<string, string>>
  /** What convinced us of the sender, in words: "Hookdeck signature", "ConnectWise callback key". */
  readonly verifiedBy: string
  readonly items: readonly ArrivalItem[]
  /** ms since `receivedAt` by the steady clock, whenever it is asked; absent: nobody measures it. */
  readonly elapsedMs?: () => number
  /** ms from `receivedAt` until the sender was known to be the right one; absent: not measured. */
  readonly verifiedMs?: number
  /** For polled sources: how far the source has been read, moved in the same transaction. */
  readonly cursor?: { readonly name: string; readonly value: string }
}

/** What became of each item, in order. Given only after the commit is on disk. */
export interface Receipt {
  readonly eventId: EventId
  readonly duplicate: boolean
}

/** A request that was refused at the door. */
export interface Refusal {
  readonly sourceId: string
  readonly receivedAt: number
  readonly status: number
  readonly code: RejectionCode
  readonly sentence: string
  readonly remoteAddress: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly excerpt: string
  readonly size: number
}

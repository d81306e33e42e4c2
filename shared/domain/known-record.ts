import * as z from 'zod'
import { deliverySummary, fieldChange } from './delivery.ts'
import { eventSummary } from './event.ts'
import { link } from './link.ts'
import { recordRef, systemName } from './record.ts'

/** How a record stands with its counterpart. `failing`: a delivery of it is dead or parked. */
export const recordState = z.enum(['in-step', 'waiting', 'failing', 'unlinked', 'deleted'])
export type RecordState = z.infer<typeof recordState>

const side = recordRef.omit({ system: true }).extend({ title: z.string().nullable() })

/** A pair of records, or one that has no counterpart (yet). */
export const knownRecord = z.object({
  salesforce: side.nullable(),
  connectwise: side.nullable(),
  title: z.string().nullable(),
  state: recordState,
  /** When anything was last heard of it or done to it, ms since 1970. */
  lastChangeAt: z.number(),
})
export type KnownRecord = z.infer<typeof knownRecord>

/** A pair with what is known of it; `salesforce` and `connectwise` of the link hold the values of the last sync. */
export const recordDetail = knownRecord.extend({
  link: link.nullable(),
  /** Not ended yet, or dead and not replayed; newest first. */
  openDeliveries: z.array(deliverySummary),
})
export type RecordDetail = z.infer<typeof recordDetail>

/** One event of either side of a pair and what was done for it. */
export const timelineEntry = eventSummary.extend({
  occurredAt: z.number().nullable(),
  /** Who made the change, as the sender names its users. */
  actor: z.string().nullable(),
  deliveries: z.array(
    deliverySummary.extend({
      /** What the last attempt changed, or was about to. */
      changes: z.array(fieldChange),
    }),
  ),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

/** One row of a mapping on both records as they are now. */
export const comparedField = z.object({
  salesforce: z.object({ field: z.string(), value: z.json().nullable() }),
  connectwise: z.object({ field: z.string(), value: z.json().nullable() }),
  direction: z.enum(['both', 'to-connectwise', 'to-salesforce']),
  /** What the mapping makes of the side it reads; absent when it makes nothing of it. */
  expected: z.json().optional(),
  verdict: z.enum(['equal', 'differs', 'only-salesforce', 'only-connectwise', 'not-compared']),
  /** Why it is not compared. */
  note: z.string().nullable(),
})
export type ComparedField = z.infer<typeof comparedField>

/** Both records as they are now, field by field. Nothing was written. */
export const recordComparison = z.object({
  comparedAt: z.number(),
  mappingId: z.string(),
  mappingVersion: z.number().int(),
  /** null: it is not there. */
  salesforce: recordRef.nullable(),
  connectwise: recordRef.nullable(),
  sentence: z.string(),
  /** API calls that the reading took. */
  calls: z.object({ salesforce: z.number().int(), connectwise: z.number().int() }),
  fields: z.array(comparedField),
})
export type RecordComparison = z.infer<typeof recordComparison>

/** Which side's current values are to be carried over. */
export const syncFrom = z.enum([...systemName.options, 'both'])
export type SyncFrom = z.infer<typeof syncFrom>

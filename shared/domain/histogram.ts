import * as z from 'zod'
import { eventState } from './event.ts'

/** How many events came in when, by where they stand now. */
export const eventHistogram = z.object({
  /** The beginning of the first bucket, ms since 1970. */
  from: z.number(),
  bucketMs: z.number().int(),
  /** Oldest first; each begins where the one before it ends. */
  buckets: z.array(z.partialRecord(eventState, z.number().int())),
  /** Before this instant nothing was counted: there was too much to look through. `from` when all was counted. */
  countedFrom: z.number(),
})
export type EventHistogram = z.infer<typeof eventHistogram>

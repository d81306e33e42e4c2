import * as z from 'zod'
import { eventId } from './ids.ts'
import { systemName } from './record.ts'

export const sampleName = z.string().trim().min(1).max(100)

/** An event that a person keeps as a test case for mappings; retention leaves it alone. */
export const sample = z.object({
  eventId,
  /** What it is an example of, in the person's words. */
  name: sampleName,
  system: systemName,
  entity: z.string(),
  recordId: z.string(),
  title: z.string().nullable(),
  /** ms since 1970. */
  receivedAt: z.number(),
  keptAt: z.number(),
  keptBy: z.string(),
})
export type Sample = z.infer<typeof sample>

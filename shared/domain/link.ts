import * as z from 'zod'
import { linkId } from './ids.ts'
import { values } from './record.ts'

/** One side of a link: which record, and what was last known to be equal on both sides. */
export const linkSide = z.object({
  entity: z.string(),
  id: z.string(),
  /** Version up to which changes of this side have been carried over. */
  version: z.string().nullable(),
  /** The mapped fields' values when both sides were last in step; the middle of the three-way comparison. */
  synced: values,
})
export type LinkSide = z.infer<typeof linkSide>

/**
 * Pairs a Salesforce record with a ConnectWise record; each record has at most one. With `endedAt` it is a
 * tombstone: one of the two was deleted, the pair is not synced any more, and late events must not re-create it.
 */
export const link = z.object({
  id: linkId,
  salesforce: linkSide,
  connectwise: linkSide,
  createdAt: z.number(),
  updatedAt: z.number(),
  endedAt: z.number().nullable(),
})
export type Link = z.infer<typeof link>

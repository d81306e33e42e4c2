import * as z from 'zod'
import { deliveryId, eventId, replayId, routeId } from './ids.ts'

/**
 * What a replay sends: `as-received`, the event's own values through the mapping as it was then; or `current`, through today's
 * mapping, and with the record's newer state where the source has one.
 */
export const replayMode = z.enum(['as-received', 'current'])

/** What to replay: named deliveries, named events (all their dead deliveries), or every dead delivery of a route. */
export const replayRequest = z.object({
  deliveryIds: z.array(deliveryId).max(10_000).optional(),
  eventIds: z.array(eventId).max(10_000).optional(),
  routeId: routeId.optional(),
  mode: replayMode.default('current'),
  note: z.string().max(500).default(''),
})
export type ReplayRequest = z.infer<typeof replayRequest>

/** A person's order to deliver stored events again. */
export const replay = z.object({
  id: replayId,
  createdAt: z.number(),
  mode: replayMode,
  note: z.string(),
  total: z.number().int(),
  delivered: z.number().int(),
  failed: z.number().int(),
  open: z.number().int(),
})
export type Replay = z.infer<typeof replay>

export const replayReceipt = z.object({
  replayId,
  deliveryIds: z.array(deliveryId),
  refused: z.array(z.object({ deliveryId, reason: z.string() })),
})
export type ReplayReceipt = z.infer<typeof replayReceipt>

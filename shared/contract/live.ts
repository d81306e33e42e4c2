import * as z from 'zod'
import { eventSummary } from '../domain/event.ts'
import { health } from '../domain/health.ts'
import { toast } from '../domain/notification.ts'

/**
 * What the host pushes, in order. The first message is always a hello; a client that comes back names the last `seq` it has
 * seen and gets what it missed, or a hello with `resumed: false` when that is too long ago and it has to load its lists anew.
 */
export const liveMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), seq: z.number().int(), resumed: z.boolean(), version: z.string(), health }),
  /** Events stored or changed since the last message, each once with its newest state, oldest first. */
  z.object({ type: z.literal('events'), seq: z.number().int(), events: z.array(eventSummary) }),
  z.object({ type: z.literal('health'), seq: z.number().int(), health }),
  /** To be shown to whoever sits in front of it, once; not sent again to a client that comes back. */
  z.object({ type: z.literal('toast'), seq: z.number().int(), toast }),
])
export type LiveMessage = z.infer<typeof liveMessage>

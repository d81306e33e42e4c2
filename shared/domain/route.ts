import * as z from 'zod'
import { connectionId, mappingId, routeId } from './ids.ts'
import { match } from './match.ts'
import { systemName } from './record.ts'

/** When the current record is fetched from its source before mapping. */
export const refetch = z.enum(['always', 'when-thin'])

/** How long and how often a delivery of this route is tried by itself. */
export const retryPolicy = z.object({
  maxAttempts: z.number().int().min(1).max(100).default(12),
  /** ms; the age at which it becomes a dead letter even if attempts are left. */
  maxAgeMs: z
    .number()
    .int()
    .min(1_000)
    .default(3 * 24 * 3_600_000),
  /** ms; the first wait is drawn between 0 and this, then the bound doubles. */
  baseMs: z.number().int().min(10).default(2_000),
  capMs: z
    .number()
    .int()
    .min(10)
    .default(15 * 60_000),
})
export type RetryPolicy = z.infer<typeof retryPolicy>

/** A stored instruction: events of one system that match go through one mapping to a connection of the other. */
export const route = z.object({
  id: routeId,
  name: z.string().min(1).max(100),
  from: systemName,
  match,
  mappingId,
  /** The connection written to. */
  connectionId,
  /** The connection that the current record is fetched from. */
  sourceConnectionId: connectionId,
  refetch: refetch.default('when-thin'),
  /** May it create records that are missing, or only update linked ones? */
  mayCreate: z.boolean().default(true),
  /** Let a newer pending update of the same record stand for the older ones. */
  coalesce: z.boolean().default(false),
  /** `low`: goes after live events and replays, and stops with the replays when API calls run short. */
  priority: z.enum(['normal', 'low']).default('normal'),
  /** The most deliveries that it begins in a minute; the others wait their turn. Absent: as many as there are. Replays have a rate of their own. */
  ratePerMinute: z.number().int().min(1).max(60_000).optional(),
  retry: retryPolicy.prefault({}),
  enabled: z.boolean().default(true),
})
export type Route = z.infer<typeof route>

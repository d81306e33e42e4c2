import * as z from 'zod'
import { channelId, connectionId, sourceId } from './ids.ts'
import { alertCounts } from './alert-counts.ts'
import { pause } from './pause.ts'

export const healthState = z.enum(['ok', 'degraded', 'down', 'paused', 'unknown'])
export type HealthState = z.infer<typeof healthState>

/** The state of one part, since when, and in words why. */
export const componentHealth = z.object({
  state: healthState,
  since: z.number().nullable(),
  reason: z.string().nullable(),
  nextStep: z.string().nullable(),
})
export type ComponentHealth = z.infer<typeof componentHealth>

/** What of a connection's API calls of 24 hours is used. */
export const budget = z.object({
  used: z.number(),
  limit: z.number(),
  /** Who counts: the system itself, all its users together, or Patchbay its own calls. */
  countedBy: z.enum(['system', 'patchbay']),
  /** The highest mark (in percent of the limit) that is reached. */
  reached: z.union([z.literal(0), z.literal(50), z.literal(70), z.literal(90), z.literal(100)]),
  /** Who may still draw on it: replays and backfills stop first, then live events. */
  open: z.enum(['all', 'live', 'nobody']),
  /** Where live events stop, too: the limit without what is left to people. */
  most: z.number(),
})
export type Budget = z.infer<typeof budget>

export const connectionHealth = componentHealth.extend({
  id: connectionId,
  kind: z.enum(['salesforce', 'connectwise']),
  name: z.string(),
  /** Deliveries that wait for this connection. */
  waiting: z.number().int(),
  /** When held back: the instant of the next try. */
  heldUntil: z.number().nullable(),
  /** null while no limit is known. */
  budget: budget.nullable(),
})
export type ConnectionHealth = z.infer<typeof connectionHealth>

export const sourceHealth = componentHealth.extend({
  id: sourceId,
  kind: z.string(),
  name: z.string(),
  /** The address to give to the sender; null for polled sources. */
  url: z.string().nullable(),
  lastEventAt: z.number().nullable(),
  events: z.number().int(),
  rejections: z.number().int(),
})
export type SourceHealth = z.infer<typeof sourceHealth>

/** How a way to reach people is. */
export const channelHealth = componentHealth.extend({ id: channelId, kind: z.string(), name: z.string() })
export type ChannelHealth = z.infer<typeof channelHealth>

/** How many deliveries stand in each state, and the age of the oldest that waits. */
export const queueHealth = z.object({
  pending: z.number().int(),
  leased: z.number().int(),
  waiting: z.number().int(),
  parked: z.number().int(),
  dead: z.number().int(),
  /** ms since 1970 of the oldest delivery not ended; null when none is open. */
  oldestOpenAt: z.number().nullable(),
})
export type QueueHealth = z.infer<typeof queueHealth>

/** Which world the relay works in: nothing set up yet, the simulated systems, or real ones. */
export const workspace = z.enum(['unconfigured', 'sandbox', 'live'])
export type Workspace = z.infer<typeof workspace>

export const sandboxInfo = z.object({
  salesforceUrl: z.string(),
  connectwiseUrl: z.string(),
  sqlServer: z.object({ host: z.string(), port: z.number().int(), database: z.string(), user: z.string() }),
  /** Changes a minute that the simulated people make; absent: not said. */
  perMinute: z.number().optional(),
  /** What is broken on each side now; absent: not said. */
  faults: z.object({ salesforce: z.string().nullable(), connectwise: z.string().nullable() }).optional(),
  /** The real workspace meanwhile; null: nothing is connected there. Absent: not said. */
  real: z
    .object({
      /** Deliveries that go out when the sandbox is left; null: they could not be counted. */
      waiting: z.number().int().nullable(),
    })
    .nullable()
    .optional(),
})
export type SandboxInfo = z.infer<typeof sandboxInfo>

export const health = z.object({
  state: healthState,
  sentence: z.string(),
  version: z.string(),
  workspace,
  startedAt: z.number(),
  receiverUrl: z.string(),
  sandbox: sandboxInfo.nullable(),
  connections: z.array(connectionHealth),
  sources: z.array(sourceHealth),
  queue: queueHealth,
  /** The database and the disk it stands on; absent: not said. */
  storage: componentHealth.optional(),
  /** The ways to reach people; absent: not said. */
  channels: z.array(channelHealth).optional(),
  /** What people have paused, oldest first. */
  pauses: z.array(pause),
  /** Absent: not said. */
  alerts: alertCounts.optional(),
})
export type Health = z.infer<typeof health>

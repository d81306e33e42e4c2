import * as z from 'zod'
import { connectionId, sourceId } from './ids.ts'

const common = { id: sourceId, name: z.string().min(1), enabled: z.boolean().default(true) }

/** Deletions of one source, or links that end, within ten minutes that pass without a person; null: as many as may come. */
export const usualMostDeletions = 20
const mostDeletions = z.number().int().min(1).nullable().default(usualMostDeletions)

/** What every webhook door checks before it parses anything. */
export const doorSettings = z.object({
  /** Bytes of body, as received. */
  maxBytes: z
    .number()
    .int()
    .min(1_024)
    .default(25 * 1024 * 1024),
  /** Requests a second from one address; bursts up to twice that. */
  maxPerSecond: z.number().int().min(1).default(10_000),
  /** Refused requests a second from one address before it is turned away unread. */
  maxRefusedPerSecond: z.number().int().min(1).default(20),
  /** Addresses or CIDR ranges that may send; empty means any. */
  allow: z.array(z.string()).default([]),
})

/**
 * Salesforce events through Hookdeck or direct. Secrets: `signingSecret` and during rotation `signingSecret2` (Hookdeck's project secrets),
 * `hmacSecret` (direct callouts), `pathToken` (Outbound Messages sent directly, which nobody can sign: their address ends in
 * `?token=` and this). With `organizationId`, Outbound Messages from other organisations are refused; a token needs it.
 */
export const salesforceWebhookSettings = z.object({
  ...doorSettings.shape,
  connectionId,
  /** The address of this source as Hookdeck or Salesforce can reach it, for the texts that say what to enter there. */
  publicUrl: z.url().optional(),
  organizationId: z.string().optional(),
  /** Header that carries base64 HMAC-SHA256 of the raw body when Salesforce calls directly. */
  hmacHeader: z.string().default('x-patchbay-signature'),
  mostDeletions,
})

/** ConnectWise callbacks; the key comes from the `key_url` in the body, pinned to the connection's own address. */
export const connectwiseCallbackSettings = z.object({
  ...doorSettings.shape,
  connectionId,
  /** The address of this source as ConnectWise can reach it. When set, Patchbay keeps its callbacks registered there. */
  publicUrl: z.url().optional(),
  mostDeletions,
})

/** The queue table in the ConnectWise database. Secret: `password`. */
export const connectwiseSqlSettings = z.object({
  connectionId,
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(1433),
  database: z.string().min(1),
  user: z.string().min(1),
  encrypt: z.boolean().default(true),
  trustServerCertificate: z.boolean().default(false),
  batchSize: z.number().int().min(1).max(1_000).default(100),
  leaseSeconds: z.number().int().min(5).default(60),
  /** ms between polls: the shorter while rows come, the longer when nothing does. */
  busyPollMs: z.number().int().min(50).default(500),
  idlePollMs: z.number().int().min(100).default(10_000),
  mostDeletions,
})

/** Where events come from. */
export const source = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('salesforce-webhook'), settings: salesforceWebhookSettings }),
  z.object({ ...common, kind: z.literal('connectwise-callback'), settings: connectwiseCallbackSettings }),
  z.object({ ...common, kind: z.literal('connectwise-sql'), settings: connectwiseSqlSettings }),
])
export type Source = z.infer<typeof source>
export type SourceKind = Source['kind']
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>
export type DoorSettings = z.infer<typeof doorSettings>

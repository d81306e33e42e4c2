import * as z from 'zod'
import { deliveryResult } from './delivery.ts'
import { eventId, sourceId } from './ids.ts'
import { systemName, type values } from './record.ts'

/** What happened to the record. `touched` says only that something did: refetch to learn what. */
export const eventAction = z.enum(['created', 'updated', 'deleted', 'restored', 'touched'])
export type EventAction = z.infer<typeof eventAction>

/** The way an event came in; `manual`: a person ordered that the record be synced now. */
export const eventVia = z.enum(['webhook', 'queue', 'stream', 'sweep', 'manual'])
export type EventVia = z.infer<typeof eventVia>

/**
 * Where an event stands as a whole:
 *
 *     stored -> unmatched                       (no route wants it)
 *     stored -> open -> delivered | skipped | dead | cancelled
 *
 * `open` while any of its deliveries is not ended; afterwards the gravest of their ends (dead, cancelled, delivered, skipped).
 */
export const eventState = z.enum(['stored', 'unmatched', 'open', 'delivered', 'skipped', 'dead', 'cancelled'])
export type EventState = z.infer<typeof eventState>

/** An event as lists show it; carries no body. */
export const eventSummary = z.object({
  id: eventId,
  sourceId,
  via: eventVia,
  system: systemName,
  entity: z.string(),
  /** The record's id in `system`. */
  recordId: z.string(),
  action: eventAction,
  /** The record's name or number as the event carried it, where it did. */
  title: z.string().nullable(),
  state: eventState,
  /** For a delivered event: what was done at the other side. One of several deliveries that wrote something tells, if any did. */
  result: deliveryResult.nullable(),
  /** One sentence for the row: what became of it. */
  note: z.string().nullable(),
  /** Instants in ms since 1970. */
  receivedAt: z.number(),
  endedAt: z.number().nullable(),
  /** Size of the body in bytes. */
  size: z.number().int(),
  /** How often the same event came in again and was recognised. */
  duplicates: z.number().int(),
})
export type EventSummary = z.infer<typeof eventSummary>

/** A further reception of an event that was there already. */
export const duplicate = z.object({
  receivedAt: z.number(),
  sourceId,
  via: eventVia,
  /** The dedupe key that matched. */
  key: z.string(),
})
export type Duplicate = z.infer<typeof duplicate>

/** A request that was refused at the door; its beginning is kept so that the reason can be understood. */
export const rejection = z.object({
  id: z.number().int(),
  sourceId: z.string(),
  receivedAt: z.number(),
  /** HTTP status that was answered. */
  status: z.number().int(),
  code: z.enum([
    'bad-signature',
    'too-old',
    'too-large',
    'too-fast',
    'address',
    'not-json',
    'not-xml',
    'bad-shape',
    'unknown-source',
    'key-unavailable',
    'not-stored',
    'paused',
    'too-slow',
  ]),
  sentence: z.string(),
  remoteAddress: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  /** Up to the first 4,096 characters of the body, without secrets. */
  excerpt: z.string(),
  size: z.number().int(),
  /** How many alike in the same minute stand behind this row. */
  count: z.number().int(),
})
export type Rejection = z.infer<typeof rejection>
export type RejectionCode = Rejection['code']

/** What the parser of a source reads from one item of a request. */
export interface EventContent {
  readonly recordId: string
  readonly entity: string
  readonly action: EventAction
  readonly title: string | null
  /** The record's version (see RemoteRecord.version), when the sender said it. */
  readonly version: string | null
  /** When it happened at the sender, ms since 1970. */
  readonly occurredAt: number | null
  /** Who made the change, as the sender names its users. */
  readonly actor: string | null
  /** True when the sender says that the change was made under Patchbay's own mark or user. A hint, never a proof. */
  readonly ownMark: boolean
  /** The record's values as sent. */
  readonly fields: z.infer<typeof values> | null
  /** True when `fields` is the whole record and not just an extract. */
  readonly full: boolean
}

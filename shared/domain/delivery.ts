import * as z from 'zod'
import { conflictField } from './conflict.ts'
import { failure } from './failure.ts'
import { attemptId, connectionId, deliveryId, eventId, mappingId, replayId, routeId } from './ids.ts'
import { recordRef, values } from './record.ts'

/**
 * The states of a delivery:
 *
 *     pending -> leased -> delivered | skipped | dead
 *                leased -> waiting -> leased        (retry, limit, held connection, or a record that has to come first)
 *                leased -> parked -> pending        (a person has to look)
 *     pending | waiting | parked -> cancelled
 *     dead -> (a replay makes a new delivery; the dead one stays as it is and is marked as replayed)
 */
export const deliveryState = z.enum([
  'pending',
  'leased',
  'waiting',
  'parked',
  'delivered',
  'skipped',
  'dead',
  'cancelled',
])
export type DeliveryState = z.infer<typeof deliveryState>

/** States in which the delivery still keeps its place in its lane. */
export const activeStates = ['pending', 'leased', 'waiting', 'parked'] as const satisfies readonly DeliveryState[]

/** What a delivery that ended well did at the other side. */
export const deliveryResult = z.enum(['created', 'updated', 'unchanged', 'linked', 'unlinked'])
export type DeliveryResult = z.infer<typeof deliveryResult>

/** Lower goes first. */
export const priority = { live: 0, replay: 1, backfill: 2 } as const

/** How a delivery came about: by an event alone, or in one of the ways to replay it. */
export const deliveryMode = z.enum(['live', 'as-received', 'current', 'edited', 'undo'])

export const deliverySummary = z.object({
  id: deliveryId,
  eventId,
  routeId,
  connectionId,
  /** What it is about: the source record. */
  record: recordRef,
  title: z.string().nullable(),
  state: deliveryState,
  result: deliveryResult.nullable(),
  /** One sentence: why it stands where it stands. */
  note: z.string().nullable(),
  failure: failure.nullable(),
  /** The record written to, once known. */
  destination: recordRef.nullable(),
  attemptCount: z.number().int(),
  createdAt: z.number(),
  /** When the next try may start, ms since 1970. */
  availableAt: z.number(),
  endedAt: z.number().nullable(),
  replayId: replayId.nullable(),
  /** The delivery this one replays. */
  replayOf: deliveryId.nullable(),
  /** The delivery that replayed this one. */
  replayedBy: deliveryId.nullable(),
  /** `edited`: a person wrote what was sent. `undo`: it takes back what `undoOf` wrote. */
  mode: deliveryMode.optional(),
  undoOf: deliveryId.nullable().optional(),
})
export type DeliverySummary = z.infer<typeof deliverySummary>

/** One HTTP exchange with the other system, redacted and cut to a size worth keeping. */
export const exchange = z.object({
  purpose: z.enum(['sign-in', 'refetch', 'look-up', 'compare', 'write', 'read-back']),
  method: z.string(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().nullable(),
  status: z.number().int().nullable(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string().nullable(),
  /** Set when no answer came. */
  error: z.string().nullable(),
  startedAt: z.number(),
  durationMs: z.number(),
})
export type Exchange = z.infer<typeof exchange>

/** What one field would be or was changed from and to. */
export const fieldChange = z.object({ field: z.string(), from: z.json().nullable(), to: z.json().nullable() })
export type FieldChange = z.infer<typeof fieldChange>

export const attemptResult = z.enum(['succeeded', 'skipped', 'failed'])

/** One try at a delivery, with all that is needed to understand it later. */
export const attempt = z.object({
  id: attemptId,
  deliveryId,
  number: z.number().int(),
  startedAt: z.number(),
  durationMs: z.number(),
  result: attemptResult,
  failure: failure.nullable(),
  mappingId,
  mappingVersion: z.number().int(),
  /** The source record the mapping read. */
  sourceValues: values.nullable(),
  /** What the mapping made of it. */
  mappedValues: values.nullable(),
  /** The destination before the write; absent for a create. */
  beforeValues: values.nullable(),
  changes: z.array(fieldChange),
  /** ms spent in each step. */
  steps: z.array(
    z.object({ step: z.enum(['refetch', 'map', 'look-up', 'compare', 'write', 'record']), durationMs: z.number() }),
  ),
  exchanges: z.array(exchange),
})
export type Attempt = z.infer<typeof attempt>

export const deliveryDetail = deliverySummary.extend({
  lane: z.string(),
  idempotencyKey: z.string(),
  /** What a person put in place of the event's own values. */
  edited: values.nullable().optional(),
  /** Fields that wait, or waited, for a person to choose. */
  conflicts: z.array(conflictField).default([]),
  /** Oldest first. */
  attempts: z.array(attempt),
})
export type DeliveryDetail = z.infer<typeof deliveryDetail>

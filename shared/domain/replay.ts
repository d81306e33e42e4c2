import * as z from 'zod'
import { eventCriteria } from '../contract/event-filter.ts'
import { fieldChange } from './delivery.ts'
import { failureCriteria } from './failure-group.ts'
import { connectionId, deliveryId, eventId, replayId, routeId, sourceId } from './ids.ts'
import { recordRef, systemName, values } from './record.ts'

/**
 * What a replay sends: `as-received`, the event's own values through the mapping as it was then; `current`, through today's
 * mapping, and with the record's newer state where the source has one; `edited`, values that a person wrote, through today's
 * mapping. The event itself is never changed.
 */
export const replayMode = z.enum(['as-received', 'current', 'edited'])
export type ReplayMode = z.infer<typeof replayMode>

/** The modes of a stored replay: an undo runs in the same way. */
export const replayKind = z.enum([...replayMode.options, 'undo'])
export type ReplayKind = z.infer<typeof replayKind>

/** States in which a delivery can be replayed. */
export const replayableState = z.enum(['dead', 'delivered', 'skipped', 'cancelled'])

/** Deliveries by what they are about; everything named has to hold. Instants are ms since 1970. */
export const replayFilter = z.object({
  routeId: routeId.optional(),
  sourceId: sourceId.optional(),
  system: systemName.optional(),
  entity: z.string().optional(),
  recordId: z.string().optional(),
  /** Words to find in the record's id or title, or in the note of the event or the delivery. */
  text: z.string().max(200).optional(),
  /** The code of the failure. */
  code: z.string().optional(),
  /** Received at or after `from`, and before `to`. */
  from: z.number().optional(),
  to: z.number().optional(),
})
export type ReplayFilter = z.infer<typeof replayFilter>

/** Deliveries a minute; absent: as fast as live deliveries leave room. */
const rate = z.number().int().min(1).max(60_000)

/**
 * What to replay: named deliveries, and of named events, a route or all that match a filter those in one of `states`. What was
 * replayed already is stood for by its replay.
 */
export const replaySelection = z.object({
  deliveryIds: z.array(deliveryId).max(10_000).optional(),
  eventIds: z.array(eventId).max(10_000).optional(),
  routeId: routeId.optional(),
  filter: replayFilter.optional(),
  /** Those that failed in this way. */
  failures: failureCriteria.optional(),
  /** Of the events that the list finds with this filter. */
  eventFilter: eventCriteria.optional(),
  /** Absent: `dead`. */
  states: z.array(replayableState).min(1).optional(),
  /** Left out although they match. */
  exclude: z.array(deliveryId).max(10_000).optional(),
  /** The newest delivery that takes part; a plan names it, so that what is run is what was planned. */
  upTo: z.number().int().optional(),
})
export type ReplaySelection = z.infer<typeof replaySelection>

/**
 * The order for a replay. With a filter, failures, a rate, exclusions or `upTo`, or for a route with very many deliveries, it runs in the
 * background: see its items. Otherwise its deliveries stand in the queue when the answer comes.
 */
export const replayRequest = replaySelection.extend({
  mode: replayMode.default('current'),
  /** With mode `edited`, and one delivery: the values to be sent in place of the event's own. */
  payload: values.optional(),
  rate: rate.optional(),
  note: z.string().max(500).default(''),
})
export type ReplayRequest = z.infer<typeof replayRequest>

/** What to undo: the write of one delivery, or all writes of a replay. */
export const undoRequest = z.object({
  deliveryId: deliveryId.optional(),
  replayId: replayId.optional(),
  rate: rate.optional(),
  note: z.string().max(500).default(''),
})
export type UndoRequest = z.infer<typeof undoRequest>

/** `finished` when nothing waits and nothing is on its way any more. */
export const replayState = z.enum(['running', 'paused', 'cancelled', 'finished'])

/** A person's order to deliver stored events again. */
export const replay = z.object({
  id: replayId,
  createdAt: z.number(),
  /** Who ordered it, as in the audit log; null: it was not noted. */
  who: z.string().nullable(),
  mode: replayKind,
  note: z.string(),
  state: replayState,
  /** Deliveries a minute; null: as fast as may be. */
  rate: z.number().nullable(),
  /** Items so far; final once `isCollecting` is false. */
  total: z.number().int(),
  /** Still looking for what matches. */
  isCollecting: z.boolean(),
  /** Not in the queue yet. */
  waiting: z.number().int(),
  delivered: z.number().int(),
  failed: z.number().int(),
  open: z.number().int(),
})
export type Replay = z.infer<typeof replay>

/**
 * What became of one item: `waiting` for its turn, `open` in the queue, or its end. `refused`: it can't be replayed. For an
 * undo: `undone`; `touched`, left alone as the record was changed since; `nothing` there to be undone.
 */
export const replayResult = z.enum([
  'waiting',
  'open',
  'created',
  'updated',
  'unchanged',
  'linked',
  'unlinked',
  'skipped',
  'dead',
  'cancelled',
  'refused',
  'undone',
  'touched',
  'nothing',
])
export type ReplayResult = z.infer<typeof replayResult>

/** A replay with how many items ended in which way. */
export const replayDetail = replay.extend({ results: z.partialRecord(replayResult, z.number().int()) })
export type ReplayDetail = z.infer<typeof replayDetail>

/** One delivery of a replay. */
export const replayItem = z.object({
  id: z.number().int(),
  /** The delivery to be made again, or to be undone. */
  deliveryId,
  eventId,
  routeId,
  record: recordRef,
  title: z.string().nullable(),
  result: replayResult,
  /** Why it stands where it stands. */
  sentence: z.string().nullable(),
  /** The delivery that this replay made. */
  madeId: deliveryId.nullable(),
})
export type ReplayItem = z.infer<typeof replayItem>

/** What a replay would take, before anybody orders it. */
export const replayPlan = z.object({
  /** Give this to `create`, so that it runs on what was planned. */
  selection: replaySelection,
  total: z.number().int(),
  /** The one delivery that it takes; null when it takes none or several. */
  only: deliveryId.nullable(),
  groups: z.array(
    z.object({ routeId, system: systemName, entity: z.string(), state: z.string(), count: z.number().int() }),
  ),
  /** API calls it would cost, estimated from what the route's latest deliveries took. */
  calls: z.array(
    z.object({
      connectionId,
      name: z.string(),
      calls: z.number().int(),
      /** Calls left in the vendor's window; null: it does not say. */
      left: z.number().nullable(),
    }),
  ),
  /** What was named but can't be replayed; the first few of each reason by id. */
  refused: z.array(
    z.object({
      reason: z.string(),
      count: z.number().int(),
      deliveryIds: z.array(deliveryId),
      eventIds: z.array(eventId),
    }),
  ),
})
export type ReplayPlan = z.infer<typeof replayPlan>

/**
 * What would happen to one record. `wait`: another record has to be there first; `unlink`: one of the two was deleted;
 * `unknown`: it can't be told now, as a system does not answer.
 */
export const previewKind = z.enum([
  'create',
  'update',
  'unchanged',
  'conflict',
  'skip',
  'unlink',
  'wait',
  'will-fail',
  'unknown',
  'refused',
])

export const replayPreview = z.object({
  deliveryId,
  routeId,
  record: recordRef,
  title: z.string().nullable(),
  kind: previewKind,
  destination: recordRef.nullable(),
  changes: z.array(fieldChange),
  sentence: z.string().nullable(),
})
export type ReplayPreview = z.infer<typeof replayPreview>

/** What was named and is not made again: the delivery, the event or the route, and why, in a sentence. */
const replayRefused = z.object({
  deliveryId: deliveryId.optional(),
  eventId: eventId.optional(),
  routeId: routeId.optional(),
  reason: z.string(),
})

export const replayReceipt = z.object({
  replayId,
  /** The deliveries made; empty when it runs in the background. */
  deliveryIds: z.array(deliveryId),
  refused: z.array(replayRefused),
})
export type ReplayReceipt = z.infer<typeof replayReceipt>

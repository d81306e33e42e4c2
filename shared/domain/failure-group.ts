import * as z from 'zod'
import { deliverySummary } from './delivery.ts'
import { failureClass } from './failure.ts'
import { eventId, routeId } from './ids.ts'

/** What failures of one kind have in common. */
export const failureGroupKey = z.object({
  routeId,
  class: failureClass,
  code: z.string(),
  /** The field complained about; null when there was none. */
  field: z.string().nullable(),
})
export type FailureGroupKey = z.infer<typeof failureGroupKey>

/** Which failed deliveries: everything named has to hold. */
export const failureCriteria = z.object({
  /** In one of these groups. */
  groups: z.array(failureGroupKey).min(1).max(200).optional(),
  routeId: routeId.optional(),
  class: failureClass.optional(),
  code: z.string().max(200).optional(),
  /** The name of the record that is waited for. */
  waitsFor: z.string().max(300).optional(),
  /** Words, all of which stand in the record's id or title, or in the failure's code or sentence. */
  text: z.string().max(200).optional(),
})
export type FailureCriteria = z.infer<typeof failureCriteria>

/**
 * `open` as long as a dead letter of the group waits for a person; `resolved` when each was replayed or given up. A group opens again
 * when the same happens again.
 */
export const failureGroupState = z.enum(['open', 'resolved'])

/** Deliveries that failed for good in the same way. */
export const failureGroup = failureGroupKey.extend({
  state: failureGroupState,
  /** Dead letters that wait for a person. */
  open: z.number().int(),
  total: z.number().int(),
  /** Of the total, those that a person gave up. */
  givenUp: z.number().int(),
  /** When the first and the last of them ended, ms since 1970. */
  firstAt: z.number(),
  lastAt: z.number(),
  /** When one of them was last replayed or given up, ms since 1970; null: never. */
  settledAt: z.number().nullable(),
  /** Open again: each that is open failed after all others had been settled. */
  isBack: z.boolean(),
  /** What the newest says, one that is open if there is. */
  sentence: z.string(),
  fix: z.string().nullable(),
  /** The newest, one that is open if there is. */
  newest: deliverySummary.nullable(),
  /** The newest few events, open ones first. */
  eventIds: z.array(eventId),
  /** How many ended in each hour, the oldest first; the last one is the hour that has begun. */
  hourly: z.array(z.number().int()),
})
export type FailureGroup = z.infer<typeof failureGroup>

/** The gravest groups first: open ones, then by their last failure. */
export const failureGroups = z.object({
  groups: z.array(failureGroup),
  /** Groups that are left out, as there are too many to be looked at. */
  more: z.number().int(),
})
export type FailureGroups = z.infer<typeof failureGroups>

/**
 * Codes of what is held because very many links would end at once: records that were said to be deleted, and such that can't be found
 * any more. Each is released as a whole, of one source.
 */
export const massCode = { deleted: 'MASS_DELETE', gone: 'MASS_GONE' } as const
export type MassCode = (typeof massCode)[keyof typeof massCode]

export function isMassCode(code: string | null): code is MassCode {
  return code === massCode.deleted || code === massCode.gone
}

/** Deliveries that have not ended and do not go on: parked for a person, or waiting for long, all for the same reason. */
export const heldGroup = z.object({
  state: z.enum(['parked', 'waiting']),
  /** Finds them in the list of failures. */
  criteria: failureCriteria,
  code: z.string(),
  /** Counted to the bound of what is looked at; `isMore` says when there may be more. */
  count: z.number().int(),
  isMore: z.boolean(),
  /** When the oldest was queued, ms since 1970. */
  since: z.number(),
  /** What the oldest says. */
  sentence: z.string(),
  fix: z.string().nullable(),
  oldest: deliverySummary,
})
export type HeldGroup = z.infer<typeof heldGroup>

/** What lists of failures hold: dead letters that are open, such that were replayed or given up, and what is held. */
export const failureListState = z.enum(['open', 'settled', 'parked', 'waiting'])
export type FailureListState = z.infer<typeof failureListState>

/** Dead letters that a person gave up in one go. */
export const discard = z.object({
  id: z.number().int(),
  at: z.number(),
  who: z.string(),
  reason: z.string(),
  /** How many of them are still given up. */
  count: z.number().int(),
})
export type Discard = z.infer<typeof discard>

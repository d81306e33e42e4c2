import * as z from 'zod'
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
  /** When the first and the last of them ended, ms since 1970. */
  firstAt: z.number(),
  lastAt: z.number(),
  /** What the newest says, one that is open if there is. */
  sentence: z.string(),
  fix: z.string().nullable(),
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

import * as z from 'zod'
import { connectionId, sourceId } from './ids.ts'

/**
 * Where in the console something leads to. `filter` is the text for that screen's filter line; for `connections` it is `connection:ID` or
 * `source:ID`, for `routes` the id of a route, for `alerts` the rest of the address, and empty where nothing is narrowed.
 */
export const place = z.object({
  screen: z.enum(['live', 'failures', 'records', 'connections', 'routes', 'settings', 'replays', 'alerts']),
  filter: z.string(),
})
export type Place = z.infer<typeof place>

/** Why deliveries or events are held back or left out, and how many. */
export const reasonCount = z.object({
  reason: z.enum([
    'paused',
    'route-off',
    'connection-held',
    'parent',
    'retry',
    'choice',
    'parked',
    'turn',
    'unmatched',
    'echo',
    'unchanged',
    'skipped',
  ]),
  sentence: z.string(),
  count: z.number().int(),
  place,
})
export type ReasonCount = z.infer<typeof reasonCount>

/** Something that wants a person, the gravest first. */
export const openIssue = z.object({
  /** Stays the same while the issue is open. */
  key: z.string(),
  gravity: z.enum(['not-well', 'attention']),
  sentence: z.string(),
  /** ms since 1970; null when it is not known. */
  since: z.number().nullable(),
  whatToDo: z.string().nullable(),
  /** How many deliveries are concerned; null where that means nothing. */
  count: z.number().int().nullable(),
  place,
})
export type OpenIssue = z.infer<typeof openIssue>

export const sourceRhythm = z.object({
  id: sourceId,
  name: z.string(),
  lastEventAt: z.number().nullable(),
  /** ms since the last event; null before the first. */
  quietMs: z.number().nullable(),
  /** ms that usually pass between events; null until enough is known. */
  usualGapMs: z.number().nullable(),
  isUnusuallyQuiet: z.boolean(),
})
export type SourceRhythm = z.infer<typeof sourceRhythm>

export const apiBudget = z.object({
  connectionId,
  name: z.string(),
  used: z.number(),
  /** null while no limit is known. */
  limit: z.number().nullable(),
  /** Of `used`, the calls that Patchbay made itself in the last 24 hours; the rest is other programs' and people's. */
  usedByPatchbay: z.number(),
  /** Who says how much is used. */
  countedBy: z.enum(['system', 'patchbay']),
  /** When calls used begin to count no more, as far as Patchbay made them; null when it made none. */
  returnsAt: z.number().nullable(),
})
export type ApiBudget = z.infer<typeof apiBudget>

/** What the first screen shows. */
export const overview = z.object({
  verdict: z.enum(['well', 'attention', 'not-well']),
  sentence: z.string(),
  at: z.number(),
  /** Pairs of records without open trouble. */
  inSync: z.number().int(),
  /** Deliveries that have not ended, with the reasons. */
  waiting: z.object({ count: z.number().int(), reasons: z.array(reasonCount), oldestAt: z.number().nullable() }),
  /** What was left out in the last 24 hours, with the reasons. */
  excluded: z.object({ count: z.number().int(), reasons: z.array(reasonCount) }),
  /** Deliveries that no try can help: a person decides. */
  failing: z.number().int(),
  sources: z.array(sourceRhythm),
  budgets: z.array(apiBudget),
  issues: z.array(openIssue),
})
export type Overview = z.infer<typeof overview>

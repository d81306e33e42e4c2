import * as z from 'zod'

/**
 * What a person can pause:
 *
 * - `everything`: nothing is written by anybody; events are still received and kept
 * - `connection`: nothing is written to it and nothing read from it for a delivery
 * - `route`: its deliveries wait; so does what stands behind them in the lane of the same record
 * - `source`: its door asks senders to come back later, its poller rests, and the deliveries of what it brought before wait
 */
export const pauseScope = z.enum(['everything', 'connection', 'route', 'source'])
export type PauseScope = z.infer<typeof pauseScope>

/** One thing that is or is to be paused. `id` names the connection, route or source, and is empty for everything. */
export const pauseTarget = z.object({ scope: pauseScope, id: z.string().max(63).default('') })
export type PauseTarget = z.infer<typeof pauseTarget>

/** A pause in force, until a person ends it. */
export const pause = pauseTarget.extend({
  reason: z.string().min(1).max(500),
  /** Who paused it: `console` or `api`. */
  who: z.string(),
  /** ms since 1970. */
  pausedAt: z.number(),
})
export type Pause = z.infer<typeof pause>

/** Answer to a pause: from now on nothing new is sent. */
export const pauseReceipt = z.object({
  pause,
  /** Writes that had left before and were still without an answer when the wait for them ended; mostly 0. */
  underWay: z.number().int(),
})
export type PauseReceipt = z.infer<typeof pauseReceipt>

/** What deliveries that are held by a pause wait for, as their `waits_for` has it. */
export function pauseKey({ scope, id }: PauseTarget): string {
  return `pause:${scope}:${id}`
}

/** Why a delivery waits, in a sentence for a technician. `name`: of what is paused, where it is at hand. */
export function pauseSentence({ scope, id, who, reason }: Pause, name = id): string {
  const what = scope === 'everything' ? 'Everything' : `The ${scope} ${name}`
  return `${what} was paused by ${who === 'console' ? 'a person at the console' : 'a script'}: ${reason}`
}

import { nextDelayMs } from '#shared/logic/backoff.ts'

const minuteMs = 60_000
/** The shortest and the longest wait between two attempts at one notification (ms). */
const shortestMs = 30_000
const longestMs = 30 * minuteMs

/** After this long (ms) from when it might be sent, a notification is given up. */
export const giveUpMs = 24 * 60 * minuteMs

/** The wait (ms) after the attempt of that number, from 1: twice as long each time, half of it drawn. */
export function waitMs(attempt: number, random: () => number): number {
  const half = { baseMs: shortestMs, capMs: longestMs / 2 }
  const bound = Math.min(longestMs, shortestMs * 2 ** Math.min(attempt, 30)) / 2
  return Math.max(shortestMs, bound + nextDelayMs(attempt, half, random))
}

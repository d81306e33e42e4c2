/** How long to leave a system alone that said "too many" without saying for how long, in ms. */
const defaultPauseMs = 30_000

/** The longest pause believed; a header that asks for more is more likely a mistake. */
const longestPauseMs = 24 * 3_600_000

/** The instant (ms since 1970) before which not to come back, from a `Retry-After` header in seconds or as an HTTP date. */
export function readRetryAfter(header: string | undefined, now: number): number {
  if (header === undefined || header.trim() === '') return now + defaultPauseMs
  const seconds = Number(header)
  const pauseMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now
  if (Number.isNaN(pauseMs) || pauseMs < 0) return now + defaultPauseMs
  return now + Math.min(pauseMs, longestPauseMs)
}

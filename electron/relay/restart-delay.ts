/** ms; a relay that ran this long before it ended was well, so the next restart starts again from the shortest wait. */
export const wellAfterMs = 60_000

/** ms to wait before the relay is started again after it ended `crashes` times in a row (from 1): 0.5 s, doubling up to 30 s. */
export function restartDelayMs(crashes: number): number {
  return Math.min(30_000, 500 * 2 ** (crashes - 1))
}

import { setTimeout as wait } from 'node:timers/promises'

/**
 * Asks again until `look` answers something, and says what was last seen when that takes too long.
 *
 * For the outside of a process, where there is no receipt to wait for; inside, wait for the receipt.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  let problem = ''
  for (;;) {
    try {
      const seen = await look()
      if (seen !== null && seen !== undefined && seen !== false) return seen
    } catch (thrown) {
      problem = String(thrown)
    }
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${what}. ${problem}`)
    await wait(20)
  }
}

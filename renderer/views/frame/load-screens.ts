/** Tries of a screen's code, and the rest between two (ms): a relay that restarts is back within these. */
const tries = 10
const restMs = 1_000

/** Loads the code of a screen; again and again for a while, as the relay that serves it may be away. */
export async function persistently<T>(load: () => Promise<T>, wait = restMs): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await load()
    } catch (thrown) {
      if (left === 0) throw thrown
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/**
 * Loads what other screens need once the first one is in sight and there is nothing else to do, so that none of them has to wait for
 * the relay, even when it is away.
 */
export function loadWhenIdle(loads: readonly (() => Promise<unknown>)[]): () => void {
  let stopped = false
  const next = async () => {
    for (const load of loads) {
      if (stopped) return
      await load().catch(() => undefined)
    }
  }
  const handle = window.setTimeout(() => void next(), 500)
  return () => {
    stopped = true
    window.clearTimeout(handle)
  }
}

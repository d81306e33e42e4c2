import type { CDPSession, Page } from '@playwright/test'

declare global {
  interface Window {
    /** What was seen of the page since `watchFrames`. */
    seenFrames?: { frames: number[]; paints: number[]; maxRows: number }
  }
}

/** What a page drew over some time. */
export interface SeenFrames {
  /** Frames in each whole second. */
  readonly perSecond: readonly number[]
  /** How often rows of the list changed, in the busiest second. */
  readonly mostPaints: number
  /** Rows that stood in the page at once, at most. */
  readonly maxRows: number
}

/** Counts the frames of a page from now on, and the frames in which rows of its list changed. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], paints: [] as number[], maxRows: 0 }
    window.seenFrames = seen
    let isDirty = false
    const rows = document.querySelector('[role="grid"] [role="rowgroup"]')
    if (rows !== null) {
      // Rows are used again for other events: their ids tell.
      const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] }
      new MutationObserver(() => (isDirty = true)).observe(rows, changes)
    }
    const look = (at: number) => {
      seen.frames.push(at)
      if (isDirty) seen.paints.push(at)
      isDirty = false
      seen.maxRows = Math.max(seen.maxRows, rows?.childElementCount ?? 0)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** What was counted since; counting goes on from zero. */
export async function takeFrames(page: Page): Promise<SeenFrames> {
  const { frames, paints, maxRows } = await page.evaluate(() => {
    const seen = window.seenFrames
    if (seen === undefined) throw new Error('nobody watches the frames')
    const taken = { frames: [...seen.frames], paints: [...seen.paints], maxRows: seen.maxRows }
    seen.frames.length = 0
    seen.paints.length = 0
    return taken
  })
  return {
    perSecond: countPerSecond(frames, frames),
    mostPaints: Math.max(0, ...countPerSecond(paints, frames)),
    maxRows,
  }
}

/** How many of `times` (ms) lie in each whole second of the stretch that `frames` covers. */
function countPerSecond(times: readonly number[], frames: readonly number[]): number[] {
  const [start = 0] = frames
  const seconds = Math.floor(((frames.at(-1) ?? start) - start) / 1_000)
  const counts = Array.from({ length: seconds }, () => 0)
  for (const at of times) {
    const second = Math.floor((at - start) / 1_000)
    if (second < seconds) counts[second] = (counts[second] ?? 0) + 1
  }
  return counts
}

/** How much memory a page's scripts hold, and how long its main thread has been at work. */
export interface PageLoad {
  readonly heapMb: number
  readonly busyMs: number
}

/** Looks into a page; what nobody needs any more is cleared away first. `busyMs` counts processor time, so that other work on the machine does not show in it. */
export async function watchLoad(page: Page): Promise<() => Promise<PageLoad>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    return { heapMb: usedSize / 1_048_576, busyMs: busy * 1_000 }
  }
}

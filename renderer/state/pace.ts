/** Gathers items and hands them over in batches, at most one batch in `everyMs`; the first comes at once. */
export function createPacer<Item>(everyMs: number, flush: (items: Item[]) => void) {
  let waiting: Item[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  function handOver() {
    timer = null
    if (waiting.length === 0) return
    const items = waiting
    waiting = []
    timer = setTimeout(handOver, everyMs)
    flush(items)
  }

  return {
    add(item: Item) {
      waiting.push(item)
      if (timer === null) handOver()
    },
    /** Drops what is waiting; nothing is handed over afterwards. */
    stop() {
      waiting = []
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}

export type Pacer<Item> = ReturnType<typeof createPacer<Item>>

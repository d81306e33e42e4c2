interface Deadline {
  readonly startedAt: number
  readonly onOver: () => void
}

/**
 * Deadlines of one length for many short things at a time. They are looked at every quarter of that length, which costs far less than a
 * timer for each thing when nearly all of them are done at once; so a deadline is over after 1 to 1.25 times its length.
 */
export class Deadlines {
  readonly #ms: number
  readonly #running = new Set<Deadline>()
  #timer: NodeJS.Timeout | null = null

  constructor(ms: number) {
    this.#ms = ms
  }

  /** Calls `onOver` unless the answer is called before. */
  start(onOver: () => void): () => void {
    const deadline = { startedAt: performance.now(), onOver }
    this.#running.add(deadline)
    this.#timer ??= setInterval(() => this.#look(), this.#ms / 4)
    return () => void this.#running.delete(deadline)
  }

  #look(): void {
    const now = performance.now()
    for (const deadline of this.#running) {
      if (now - deadline.startedAt < this.#ms) break
      this.#running.delete(deadline)
      deadline.onOver()
    }
    if (this.#running.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}

import type { ConnectionId, RouteId, SourceId } from '#shared/domain/ids.ts'

/** A write that is about to leave or has left, until its answer is there. */
export interface SendUnderWay {
  readonly connectionId: ConnectionId
  readonly routeId: RouteId
  /** The source of its event. */
  readonly sourceId: SourceId
}

/** The writes that are under way at this moment, so that a pause can wait for those that were too early for it. */
export class SendsUnderWay {
  readonly #sends = new Set<SendUnderWay>()
  readonly #waiting = new Set<() => void>()

  /** Notes a write; answers with the way to say that it has ended. */
  enter(send: SendUnderWay): () => void {
    this.#sends.add(send)
    return () => {
      this.#sends.delete(send)
      for (const look of [...this.#waiting]) look()
    }
  }

  /** Resolves when none of the writes under way now is left that `concerns` speaks of, or after `boundMs`; with how many are. */
  async ended(concerns: (send: SendUnderWay) => boolean, boundMs: number): Promise<number> {
    const awaited = [...this.#sends].filter(concerns)
    const left = (): number => awaited.filter((send) => this.#sends.has(send)).length
    if (left() === 0) return 0
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      const look = (): void => void (left() === 0 && done())
      const timer = setTimeout(done, boundMs)
      this.#waiting.add(look)
    })
    return left()
  }
}

import type { ServerResponse } from 'node:http'

/** The requests that are not answered yet, and the memory that their bodies take together. */
export class UnderWay {
  readonly #maxBytes: number
  #bytes = 0
  #requests = 0
  #onIdle: (() => void) | null = null

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /**
   * Counts a request until its response is closed. Answers with what asks for room for so many more bytes of its body; false when all
   * requests together would hold too much.
   */
  enter(response: ServerResponse): (bytes: number) => boolean {
    let held = 0
    this.#requests += 1
    response.once('close', () => {
      this.#bytes -= held
      this.#requests -= 1
      if (this.#requests === 0) this.#onIdle?.()
    })
    return (bytes) => {
      if (this.#bytes + bytes > this.#maxBytes) return false
      held += bytes
      this.#bytes += bytes
      return true
    }
  }

  /** Whether `finish` was called. */
  get isFinishing(): boolean {
    return this.#onIdle !== null
  }

  /** Resolves when no request is under way. */
  finish(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve
      if (this.#requests === 0) resolve()
    })
  }
}

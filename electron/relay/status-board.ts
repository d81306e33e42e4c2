import type { RelayStatus } from '#shared/contract/shell.ts'

/** Holds a relay's status and tells who listens of each change. */
export class StatusBoard {
  readonly #listeners = new Set<(status: RelayStatus) => void>()
  #status: RelayStatus

  constructor(phase: RelayStatus['phase']) {
    this.#status = { ...nothing, phase }
  }

  get status(): RelayStatus {
    return this.#status
  }

  /** What is left out is nothing: no sentence, no crash, no start planned. */
  set(status: Pick<RelayStatus, 'phase'> & Partial<RelayStatus>): void {
    this.#status = { ...nothing, ...status }
    for (const listener of this.#listeners) listener(this.#status)
  }

  listen(listener: (status: RelayStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

const nothing = { sentence: null, crashes: 0, nextStartAt: null } as const

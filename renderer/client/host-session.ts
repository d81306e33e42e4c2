import { HostRefusal, HostUnreachable, type ConnectHost, type HostLink } from './host-link.ts'

/** Whether the host can be heard. */
export type LinkState = 'connecting' | 'open' | 'lost'

/** ms: the first wait before connecting anew, and the longest. */
const firstWaitMs = 250
const longestWaitMs = 5_000

/** How long a call waits for a way to the host before it gives up (ms). */
const patienceMs = 8_000

/**
 * Keeps one way to the host open: connects, and connects anew with growing waits when it breaks off.
 *
 * A call that was under way at a break is not made again, since it may have been carried out; it fails, and the person decides.
 */
export class HostSession {
  readonly #connect: ConnectHost
  readonly #end = new AbortController()
  readonly #listeners = new Set<() => void>()
  readonly #waiting = new Set<() => void>()
  #current: HostLink | null = null
  #refusal: HostRefusal | null = null
  #state: LinkState = 'connecting'

  constructor(connect: ConnectHost) {
    this.#connect = connect
    void this.#keepOpen()
  }

  get state(): LinkState {
    return this.#state
  }

  /** Why the host will not have us; null while it may yet be reached. */
  get refusal(): HostRefusal | null {
    return this.#refusal
  }

  /** Calls `listener` at each change of state, a refusal included; answers with the way to stop that. */
  onState(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * The open way, waited for up to `patience` ms; null: as long as it takes.
   *
   * @throws HostUnreachable or HostRefusal when there is none by then.
   */
  async link(patience: number | null = patienceMs): Promise<HostLink> {
    if (this.#current === null && this.#refusal === null) await this.#change(patience)
    if (this.#current !== null) return this.#current
    throw this.#refusal ?? new HostUnreachable()
  }

  /** Ends for good. */
  close(): void {
    this.#end.abort()
    this.#current?.close()
  }

  async #keepOpen(): Promise<void> {
    let waitMs = firstWaitMs
    while (!this.#end.signal.aborted) {
      try {
        const link = await this.#connect(this.#end.signal)
        waitMs = firstWaitMs
        this.#current = link
        this.#become('open')
        await link.closed
      } catch (thrown) {
        if (thrown instanceof HostRefusal) return this.#giveUp(thrown)
      }
      this.#current = null
      this.#become('lost')
      await sleep(waitMs, this.#end.signal)
      waitMs = Math.min(waitMs * 2, longestWaitMs)
    }
  }

  #giveUp(refusal: HostRefusal): void {
    this.#refusal = refusal
    this.#become('lost')
  }

  #become(state: LinkState): void {
    const isNew = state !== this.#state || this.#refusal !== null
    this.#state = state
    if (state === 'open' || this.#refusal !== null) for (const settle of [...this.#waiting]) settle()
    if (isNew) for (const listener of [...this.#listeners]) listener()
  }

  /** Resolves when there is a way, none can be had, or `ms` are over. */
  #change(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        this.#waiting.delete(settle)
        resolve()
      }
      const timer = ms === null ? undefined : setTimeout(settle, ms)
      this.#waiting.add(settle)
    })
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

import type { MessagePortMain } from 'electron'
import type { HostAddress } from '#main/base/host-address.ts'
import type { RelayStatus } from '#shared/contract/shell.ts'
import { attachRelay } from './attached-relay.ts'
import type { RelayStart } from './relay-messages.ts'
import type { RelaySide } from './relay-side.ts'
import { superviseRelay } from './relay-supervisor.ts'

/** ms before a line is asked for again. */
const againMs = 100

/** The relay that this window belongs to: one of our own at first; when another Patchbay holds the data folder, that one. */
export interface RelaySeat extends RelaySide {
  /** Leaves our own relay, which can't work, for the one that holds the folder; `restart` leads back. */
  attach(readAddress: () => HostAddress | null): void
}

/**
 * @param start as things were when the app started; while another Patchbay held the folder there was no key to open
 * @param readyAgain makes a relay of our own ready as things are now; null: it is not to be started
 */
export function seatRelay(start: RelayStart, readyAgain: () => Promise<RelayStart | null>): RelaySeat {
  return new Seat(start, readyAgain)
}

class Seat implements RelaySeat {
  readonly #readyAgain: () => Promise<RelayStart | null>
  readonly #listeners = new Set<(status: RelayStatus) => void>()
  /** Whether `#side` is a relay of our own, with a key to work with. */
  #isOurs: boolean
  #isReadying = false
  #side: RelaySide
  #unhear: () => void

  constructor(start: RelayStart, readyAgain: () => Promise<RelayStart | null>) {
    this.#readyAgain = readyAgain
    this.#isOurs = start.key !== null
    this.#side = superviseRelay(start)
    this.#unhear = this.#side.onStatus((status) => this.#hear(status))
  }

  get status(): RelayStatus {
    return this.#side.status
  }

  onStatus(listener: (status: RelayStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async openLine(): Promise<MessagePortMain> {
    for (;;) {
      const side = this.#side
      const port = await side.openLine().catch(() => null)
      if (port !== null && side === this.#side) return port
      port?.close()
      // That relay was left, for another one or for good.
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }

  lines(): readonly string[] {
    return this.#side.lines()
  }

  restart(): void {
    if (this.#isOurs) return this.#side.restart()
    if (!this.#isReadying) void this.#startAnew()
  }

  suspend(): void {
    this.#side.suspend()
  }

  resume(): void {
    this.#side.resume()
  }

  stop(): Promise<void> {
    return this.#side.stop()
  }

  kill(): void {
    this.#side.kill()
  }

  attach(readAddress: () => HostAddress | null): void {
    this.#side.kill()
    this.#isOurs = false
    this.#take(attachRelay(readAddress))
  }

  async #startAnew(): Promise<void> {
    this.#isReadying = true
    const start = await this.#readyAgain()
    this.#isReadying = false
    if (start === null) return
    await this.#side.stop()
    this.#isOurs = start.key !== null
    this.#take(superviseRelay(start))
  }

  #take(side: RelaySide): void {
    this.#unhear()
    this.#side = side
    this.#unhear = side.onStatus((status) => this.#hear(status))
    this.#hear(side.status)
  }

  #hear(status: RelayStatus): void {
    for (const listener of this.#listeners) listener(status)
  }
}

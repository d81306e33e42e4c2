import type { Clock } from '#main/base/clock.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import { audit } from './configuration.ts'
import type { Reserve } from './reserve.ts'
import type { Store } from './store.ts'
import { restoreFix, type Trouble } from './trouble.ts'

export interface GuardPorts {
  readonly store: Store
  readonly reserve: Reserve
  readonly clock: Clock
  /** The store can be worked with again, or can't any more. */
  readonly onChange: () => void
}

interface Met {
  readonly trouble: Trouble
  readonly since: number
  readonly detail: string
}

/** Looks between two at how full the disk is, in looks. */
const looksPerMeasure = 10

/**
 * Knows whether the store can be worked with.
 *
 *     open --(disk full)--> full, reserve freed --(room for it again)--> open
 *     open --(read-only, held, disk errors)--> unwritable --(a write gets through)--> open
 *     open --(damage)--> damaged, until a person restores a backup
 *
 * While it is not open nothing is taken in and nothing new is sent; what was sent before is still recorded, into the room that the
 * reserve gave up.
 */
export class Guard {
  readonly #ports: GuardPorts
  #met: Met | null = null
  #isLow = false
  #turnedAway = 0
  #looks = 0
  #looking = false

  constructor(ports: GuardPorts) {
    this.#ports = ports
    ports.store.onTrouble((trouble) => this.meet(trouble, ''))
  }

  /** Whether events may be taken in and deliveries sent. */
  get isOpen(): boolean {
    return this.#met === null
  }

  get trouble(): Trouble | null {
    return this.#met?.trouble ?? null
  }

  /** Takes note of trouble with the file; answers whether room was made, so that what failed is worth a second try. */
  meet(trouble: Trouble, detail: string): boolean {
    const isNews = this.#met === null || (trouble === 'damaged' && this.#met.trouble !== 'damaged')
    if (isNews) {
      this.#met = { trouble, since: this.#ports.clock.now(), detail }
      this.#turnedAway = 0
    }
    const made = trouble === 'full' && this.#ports.reserve.release()
    if (isNews) this.#ports.onChange()
    return made
  }

  /** Counts an arrival that was not taken in; answers why, for the log. */
  turnAway(): Error {
    this.#turnedAway += 1
    return new Error(this.#met === null ? 'the store is closed' : sentences[this.#met.trouble])
  }

  /** How many arrivals were turned away since the trouble began. */
  get turnedAway(): number {
    return this.#turnedAway
  }

  /** Looks whether things have become better or are about to become worse; to be called every second or so. Never rejects. */
  async look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      if (this.#met === null) await this.#measure()
      else if (this.#met.trouble !== 'damaged') await this.#tryAgain()
    } finally {
      this.#looking = false
    }
  }

  health(): ComponentHealth {
    if (this.#met !== null) {
      const { trouble, since, detail } = this.#met
      const turnedAway = this.#turnedAway === 0 ? '' : ` So far ${this.#turnedAway} were asked to come back.`
      const told = detail === '' ? '' : ` (${detail})`
      return { state: 'down', since, reason: `${sentences[trouble]}${told}.${turnedAway}`, nextStep: fixes[trouble] }
    }
    if (!this.#isLow) return { state: 'ok', since: null, reason: null, nextStep: null }
    return {
      state: 'degraded',
      since: null,
      reason: 'The disk is nearly full. Patchbay will stop taking events when it is.',
      nextStep: 'Free some space on the disk that holds the data folder.',
    }
  }

  async #measure(): Promise<void> {
    const { reserve, onChange } = this.#ports
    if (this.#looks++ % looksPerMeasure !== 0) return
    const isLow = !reserve.isWhole && !(await reserve.build())
    if (isLow === this.#isLow) return
    this.#isLow = isLow
    onChange()
  }

  async #tryAgain(): Promise<void> {
    const { store, reserve, clock, onChange } = this.#ports
    const before = this.#met
    if (before === null || (before.trouble === 'full' && !(await reserve.build()))) return
    try {
      await store.write((tx) => audit(tx, this.#describe(before, clock.now())))
    } catch {
      return
    }
    // Something worse may have come up meanwhile.
    if (this.#met !== before) return
    this.#met = null
    onChange()
  }

  /** What is left of the trouble in the audit log; that it can be written is the proof that the trouble is over. */
  #describe({ trouble, since }: Met, now: number): Parameters<typeof audit>[1] {
    const detail = `Since ${new Date(since).toISOString()} ${this.#turnedAway} arrivals were asked to come back.`
    return { at: now, who: 'patchbay', action: 'recovered', subject: `storage: ${trouble}`, detail }
  }
}

const sentences: Record<Trouble, string> = {
  full: 'The disk is full. No events are taken in and nothing new is sent; senders are asked to come back, and nothing that was taken in is lost',
  damaged: 'The database is damaged. No events are taken in and nothing is sent, so that it does not become worse',
  unwritable:
    'The database can not be written to. No events are taken in and nothing new is sent; senders are asked to come back',
}

const fixes: Record<Trouble, string> = {
  full: 'Free some space on the disk that holds the data folder. Patchbay goes on by itself.',
  damaged: restoreFix,
  unwritable:
    'Look whether the file or its disk is read-only, and whether another program (a database viewer, a backup, a virus scanner) holds it. Patchbay goes on by itself.',
}

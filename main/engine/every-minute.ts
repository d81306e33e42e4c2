import type { Clock } from '#main/base/clock.ts'
import { minuteOf } from '#shared/logic/rule-history.ts'

/** How often the clock is looked at (ms): a machine that slept or was set is noticed by its time and not by a long timer. */
const lookMs = 1_000

/** Does something at the beginning of each minute of the clock, never twice at a time. */
export class EveryMinute {
  readonly #clock: Clock
  readonly #work: () => Promise<void>
  readonly #onBug: (error: unknown) => void
  #timer: NodeJS.Timeout | null = null
  #doing: Promise<void> | null = null
  #minute: number

  constructor(clock: Clock, work: () => Promise<void>, onBug: (error: unknown) => void) {
    this.#clock = clock
    this.#work = work
    this.#onBug = onBug
    this.#minute = minuteOf(clock.now())
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), lookMs).unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#doing
  }

  #look(): void {
    const minute = minuteOf(this.#clock.now())
    if (minute === this.#minute || this.#doing !== null) return
    this.#minute = minute
    this.#doing = this.#work()
      .catch(this.#onBug)
      .finally(() => (this.#doing = null))
  }
}

import type { Clock } from '#main/base/clock.ts'
import { minuteOf } from '#shared/logic/rule-history.ts'

/** How often the clock is looked at (ms): a machine that slept or was set is noticed by its time and not by a long timer. */
const lookMs = 1_000

/** Does something at the beginning of each minute of the clock. */
export class EveryMinute {
  readonly #clock: Clock
  readonly #work: () => Promise<void>
  readonly #onBug: (error: unknown) => void
  #timer: NodeJS.Timeout | null = null
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

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  #look(): void {
    const minute = minuteOf(this.#clock.now())
    if (minute === this.#minute) return
    this.#minute = minute
    this.#work().catch(this.#onBug)
  }
}

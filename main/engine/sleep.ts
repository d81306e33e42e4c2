/** After this long (ms, while the machine runs) the work goes on though nobody said that it was resumed: that news can get lost. */
const boundMs = 30_000

/** The time around a sleep of the machine, in which nothing new is sent: a call that falls asleep ends without an answer. */
export class Sleep {
  readonly #onAwake: () => void
  #timer: NodeJS.Timeout | null = null

  constructor(onAwake: () => void) {
    this.#onAwake = onAwake
  }

  get isNear(): boolean {
    return this.#timer !== null
  }

  suspend(): void {
    this.#clear()
    this.#timer = setTimeout(() => this.resume(), boundMs)
    this.#timer.unref()
  }

  /** Also told without a sleep before it: then only all that waits is looked at again. */
  resume(): void {
    this.#clear()
    this.#onAwake()
  }

  #clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** A try that is under way: the signal that its calls heed, and the way to say that it has ended. */
export interface TryUnderWay {
  readonly signal: AbortSignal
  readonly end: () => void
}

/** The tries of one connection that are under way. Each is aborted after its bound, and all of them when the relay can't wait any longer. */
export class Tries {
  readonly #underWay = new Set<AbortController>()
  #areCut = false

  /** What fails from now on was cut short, and says nothing about the other side. */
  get areCut(): boolean {
    return this.#areCut
  }

  begin(boundMs: number): TryUnderWay {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), boundMs)
    this.#underWay.add(controller)
    if (this.#areCut) controller.abort()
    return {
      signal: controller.signal,
      end: () => {
        clearTimeout(timer)
        this.#underWay.delete(controller)
      },
    }
  }

  cutShort(): void {
    this.#areCut = true
    for (const controller of this.#underWay) controller.abort()
  }
}

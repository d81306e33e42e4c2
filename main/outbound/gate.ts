import type { Failure } from '#shared/domain/failure.ts'

/** Why a connection is held, and until when. */
export interface Hold {
  readonly state: 'down' | 'auth' | 'limited'
  /** ms since 1970. */
  readonly since: number
  /** When one delivery may probe the other side. */
  readonly until: number
  readonly reason: string
  readonly fix: string | null
}

/** Failures in a row after which the other side counts as down. */
const failuresToHold = 3
/** Waits between probes of a side that is down (ms); the last one repeats. */
const probeDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000] as const
const authProbeMs = 60_000

/**
 * The breaker of one connection.
 *
 *     open --(failures in a row | sign-in refused | limit)--> held --(time is up)--> one probe
 *     probe fails -> held, longer;   probe gets through -> open again, ramping up
 *
 * While it is held nothing is sent and no attempt is used up. After a hold the number of calls at once doubles with each
 * success, so that a side that has just come back is not run over.
 */
export class Gate {
  readonly #concurrency: number
  readonly #onChange: (hold: Hold | null) => void
  #hold: Hold | null
  #failures = 0
  #probes = 0
  #allowance: number

  constructor(concurrency: number, hold: Hold | null, onChange: (hold: Hold | null) => void) {
    this.#concurrency = concurrency
    this.#allowance = hold === null ? concurrency : 1
    this.#hold = hold
    this.#onChange = onChange
  }

  get hold(): Hold | null {
    return this.#hold
  }

  /** How many calls may run at once at this moment. */
  slots(now: number): number {
    if (this.#hold === null) return this.#allowance
    return now >= this.#hold.until ? 1 : 0
  }

  /** The other side answered sensibly, be it with a refusal of one record. */
  succeeded(): void {
    this.#failures = 0
    this.#probes = 0
    this.#allowance = Math.min(this.#concurrency, this.#allowance * 2)
    if (this.#hold !== null) this.#set(null)
  }

  failed(failure: Failure, now: number): void {
    if (failure.class === 'permanent' || failure.class === 'dependency') return this.succeeded()
    if (failure.class === 'auth') return this.#close('auth', failure, now, now + authProbeMs)
    if (failure.class === 'limited')
      return this.#close('limited', failure, now, failure.retryAt ?? now + probeDelaysMs[0])
    this.#failures += 1
    if (this.#failures < failuresToHold && this.#hold === null) return
    const delay = probeDelaysMs[Math.min(this.#probes, probeDelaysMs.length - 1)] ?? 30_000
    this.#probes += 1
    this.#close('down', failure, now, now + delay)
  }

  /** A person says that the cause is gone: probe at once. */
  release(now: number): void {
    if (this.#hold !== null) this.#set({ ...this.#hold, until: now })
  }

  #close(state: Hold['state'], failure: Failure, now: number, until: number): void {
    this.#allowance = 1
    const since = this.#hold?.state === state ? this.#hold.since : now
    this.#set({ state, since, until, reason: failure.sentence, fix: failure.fix ?? null })
  }

  #set(hold: Hold | null): void {
    this.#hold = hold
    this.#onChange(hold)
  }
}

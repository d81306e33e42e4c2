import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'

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

/** What a call wants of the other side. Systems often go on answering questions while they take no writes. */
export type CallKind = 'read' | 'write'

/** Failures in a row after which the other side counts as down. */
const failuresToHold = 3
/** Waits between probes of a side that is down (ms); the last one repeats. */
const probeDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000] as const
const authProbeMs = 60_000
/** Probes in a row that one delivery may fail before the fault is looked for in itself. */
const probesToBlame = 5

/**
 * The breaker of one connection.
 *
 *     open --(failures in a row | sign-in refused | limit)--> held --(time is up)--> one probe
 *     probe fails -> held, longer;   probe gets through -> open again, ramping up
 *
 * While it is held nothing is sent and no attempt is used up. After a hold the number of calls at once doubles with each
 * success, so that a side that has just come back is not run over.
 *
 * A probe gets through when what failed before does: good reads prove nothing where writes have failed. Who only reads here is not held by
 * that, either.
 */
export class Gate {
  readonly #concurrency: number
  readonly #onChange: (hold: Hold | null) => void
  #hold: Hold | null
  #failures = 0
  #probes = 0
  #allowance: number
  /** What has failed since it last got through. */
  readonly #failing = new Set<CallKind>()
  /** The deliveries whose writes have failed since one got through. */
  readonly #unwritten = new Set<DeliveryId>()
  /** The delivery that made the last probes, and how many in a row it failed by an answer of its own. */
  #prober: { readonly id: DeliveryId; probes: number } | null = null

  /**
   * @param hold as the row has it, which does not say what had failed: any answer that is good opens it
   * @param onChange hears of each hold and of its end; and once more of one that does not stand in the way of reads any longer
   */
  constructor(concurrency: number, hold: Hold | null, onChange: (hold: Hold | null) => void) {
    this.#concurrency = concurrency
    this.#allowance = hold === null ? concurrency : 1
    this.#hold = hold
    this.#onChange = onChange
    if (hold !== null) this.#failing.add('read')
  }

  get hold(): Hold | null {
    return this.#hold
  }

  /** The hold that stands in the way of such calls. */
  holding(kind: CallKind): Hold | null {
    const isForWritesOnly = this.#hold?.state === 'down' && !this.#failing.has('read')
    return kind === 'read' && isForWritesOnly ? null : this.#hold
  }

  /** How many such calls may run at once at this moment. */
  slots(now: number, kind: CallKind): number {
    const hold = this.holding(kind)
    if (hold !== null) return now >= hold.until ? 1 : 0
    return this.#hold === null ? this.#allowance : this.#concurrency
  }

  /** The other side answered sensibly, be it with a refusal of one record. */
  succeeded(now: number, kind: CallKind): void {
    // The answer to a call from before the limit says nothing about the limit.
    if (this.#isLimited(now)) return
    const wereReadsHeld = this.holding('read') !== null
    if (kind === 'write') this.#failing.clear()
    this.#failing.delete(kind)
    if (this.#failing.size === 0) this.#open()
    else if (wereReadsHeld && this.holding('read') === null) this.#onChange(this.#hold)
  }

  /**
   * A delivery has ended, with a write or without. When none is left whose write had failed (a look may have found that they got through),
   * there is none to prove anything by, and nothing is known against writes any more.
   */
  ended(deliveryId: DeliveryId, now: number): void {
    if (!this.#unwritten.delete(deliveryId) || this.#unwritten.size > 0) return
    this.#failing.delete('write')
    const isRefused = this.#hold !== null && this.#hold.state !== 'down' && now < this.#hold.until
    if (this.#failing.size === 0 && !isRefused) this.#open()
  }

  /**
   * Takes in a failure, and answers whether it was only a probe: then it says nothing about the delivery, and none of its tries is
   * used up. One that keeps failing its probes by an answer to itself is not spared for ever.
   */
  failed(failure: Failure, now: number, kind: CallKind, deliveryId: DeliveryId | null = null): boolean {
    if (failure.class === 'permanent' || failure.class === 'dependency' || failure.recordOnly === true) {
      this.succeeded(now, kind)
      return false
    }
    this.#failing.add(kind)
    if (kind === 'write' && deliveryId !== null) this.#unwritten.add(deliveryId)
    switch (failure.class) {
      case 'auth':
        this.#refuse('auth', failure, now, now + authProbeMs)
        return false
      case 'limited':
        this.#refuse('limited', failure, now, failure.retryAt ?? now + probeDelaysMs[0])
        return false
      case 'transient':
      case 'unknown':
        return this.#failedToAnswer(failure, now, deliveryId)
    }
  }

  /** A person has tested the connection and found it well: open, whatever was said before. */
  release(): void {
    if (this.#hold !== null) this.#open()
  }

  #isLimited(now: number): boolean {
    return this.#hold?.state === 'limited' && now < this.#hold.until
  }

  #failedToAnswer(failure: Failure, now: number, deliveryId: DeliveryId | null): boolean {
    // It was under way when the gate closed: no probe, and nothing new.
    if (this.#hold !== null && now < this.#hold.until) return true
    const wasDown = this.#hold?.state === 'down'
    this.#failures += 1
    if (this.#failures < failuresToHold && this.#hold === null) return false
    const delay = probeDelaysMs[Math.min(this.#probes, probeDelaysMs.length - 1)] ?? 30_000
    this.#probes += 1
    this.#close('down', failure, now, now + delay)
    return wasDown && !this.#isToBlame(failure, deliveryId)
  }

  #isToBlame(failure: Failure, id: DeliveryId | null): boolean {
    if (id === null || !speaksOfTheRequest(failure.status)) return false
    if (this.#prober?.id !== id) this.#prober = { id, probes: 0 }
    this.#prober.probes += 1
    return this.#prober.probes > probesToBlame
  }

  /** Of two refusals the one that lasts longer counts. */
  #refuse(state: 'auth' | 'limited', failure: Failure, now: number, until: number): void {
    const hold = this.#hold
    const isCovered = hold !== null && hold.state !== 'down' && now < hold.until && until <= hold.until
    if (!isCovered) this.#close(state, failure, now, until)
  }

  #close(state: Hold['state'], failure: Failure, now: number, until: number): void {
    this.#allowance = 1
    const since = this.#hold?.state === state ? this.#hold.since : now
    this.#set({ state, since, until, reason: failure.sentence, fix: failure.fix ?? null })
  }

  #open(): void {
    this.#failures = 0
    this.#probes = 0
    this.#prober = null
    this.#failing.clear()
    this.#unwritten.clear()
    this.#allowance = Math.min(this.#concurrency, this.#allowance * 2)
    if (this.#hold !== null) this.#set(null)
  }

  #set(hold: Hold | null): void {
    this.#hold = hold
    this.#onChange(hold)
  }
}

/** An answer of 500 may be one record's own fault. 502, 503 and 504 are said by a side that is away, and no answer says nothing. */
function speaksOfTheRequest(status: number | undefined): boolean {
  return status !== undefined && ![502, 503, 504].includes(status)
}

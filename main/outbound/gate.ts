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

/** Hears of each hold and of its end. `mayReadAgain`: nothing stands in the way of reads any longer, be it that the hold goes on for writes. */
export type OnChange = (hold: Hold | null, mayReadAgain: boolean) => void

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
  readonly #onChange: OnChange
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

  /** @param hold as the row has it, which does not say what had failed: any answer that is good opens it */
  constructor(concurrency: number, hold: Hold | null, onChange: OnChange) {
    this.#concurrency = concurrency
    this.#allowance = hold === null ? concurrency : 1
    this.#hold = hold
    this.#onChange = onChange
    if (hold !== null) this.#failing.add('read')
  }

  get hold(): Hold | null {
    return this.#hold
  }

  /** The hold that stands in the way of such calls: of reads only where they failed, too, or before a refusal has run out. */
  holding(now: number, kind: CallKind): Hold | null {
    const isForWritesOnly = !this.#failing.has('read') && !this.#isRefused(now)
    return kind === 'read' && isForWritesOnly ? null : this.#hold
  }

  /** How many such calls may run at once at this moment. */
  slots(now: number, kind: CallKind): number {
    const hold = this.holding(now, kind)
    if (hold !== null) return now >= hold.until ? 1 : 0
    return this.#hold === null ? this.#allowance : this.#concurrency
  }

  /** The other side answered sensibly, be it with a refusal of one record. */
  succeeded(now: number, kind: CallKind): void {
    // The answer to a call from before the limit says nothing about the limit.
    if (this.#hold?.state === 'limited' && this.#isRefused(now)) return
    const wereReadsHeld = this.holding(now, 'read') !== null
    if (kind === 'write') this.#failing.clear()
    this.#failing.delete(kind)
    if (this.#failing.size === 0) this.#open()
    else if (this.#hold === null) this.#rampUp()
    else if (wereReadsHeld && this.holding(now, 'read') === null) this.#onChange(this.#hold, true)
  }

  /**
   * A delivery has ended well, if without a write. Once that is so of all whose writes had failed (a look may have found that they got
   * through), nothing is known against writes any more.
   */
  ended(deliveryId: DeliveryId, now: number): void {
    if (!this.#unwritten.delete(deliveryId) || this.#unwritten.size > 0) return
    this.#failing.delete('write')
    if (this.#failing.size === 0 && !this.#isRefused(now)) this.#open()
  }

  /** A delivery was given up. That proves nothing, unless the fault was found to be its own. */
  gaveUp(deliveryId: DeliveryId, now: number): void {
    if (this.#isToBlame(deliveryId)) this.ended(deliveryId, now)
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

  /** Held by what the other side has said, and until an instant that has not come yet. */
  #isRefused(now: number): boolean {
    return this.#hold !== null && this.#hold.state !== 'down' && now < this.#hold.until
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
    if (!wasDown) return false
    const isOwnAnswer = deliveryId !== null && speaksOfTheRequest(failure.status)
    if (isOwnAnswer) this.#noteProbe(deliveryId)
    return !isOwnAnswer || !this.#isToBlame(deliveryId)
  }

  #noteProbe(id: DeliveryId): void {
    if (this.#prober?.id !== id) this.#prober = { id, probes: 0 }
    this.#prober.probes += 1
  }

  #isToBlame(id: DeliveryId): boolean {
    return this.#prober?.id === id && this.#prober.probes > probesToBlame
  }

  /** Of two refusals the one that lasts longer counts. */
  #refuse(state: 'auth' | 'limited', failure: Failure, now: number, until: number): void {
    const isCovered = this.#isRefused(now) && until <= (this.#hold?.until ?? 0)
    if (!isCovered) this.#close(state, failure, now, until)
  }

  #close(state: Hold['state'], failure: Failure, now: number, until: number): void {
    this.#allowance = 1
    const since = this.#hold?.state === state ? this.#hold.since : now
    this.#hold = { state, since, until, reason: failure.sentence, fix: failure.fix ?? null }
    this.#onChange(this.#hold, false)
  }

  #open(): void {
    this.#failures = 0
    this.#probes = 0
    this.#prober = null
    this.#failing.clear()
    this.#unwritten.clear()
    this.#rampUp()
    if (this.#hold === null) return
    this.#hold = null
    this.#onChange(null, true)
  }

  #rampUp(): void {
    this.#allowance = Math.min(this.#concurrency, this.#allowance * 2)
  }
}

/** An answer of 500 may be one record's own fault. 502, 503 and 504 are said by a side that is away, and no answer says nothing. */
function speaksOfTheRequest(status: number | undefined): boolean {
  return status !== undefined && ![502, 503, 504].includes(status)
}

/** Senders remembered at a time; the one seen first is forgotten first. */
const maxSenders = 10_000

interface Bucket {
  tokens: number
  /** When `tokens` was true, steady ms. */
  at: number
}

/** A token bucket for each sender: `perSecond` on average, bursts of twice that. */
export class TokenBuckets {
  readonly #perSecond: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  /** Takes a token; false when there is none. `now` is steady ms. */
  take(sender: string, now: number): boolean {
    const bucket = this.#fill(sender, now)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  /** Whether the next `take` would fail. */
  isEmpty(sender: string, now: number): boolean {
    return this.#buckets.has(sender) && this.#fill(sender, now).tokens < 1
  }

  #fill(sender: string, now: number): Bucket {
    const burst = this.#perSecond * 2
    const known = this.#buckets.get(sender)
    if (known !== undefined) {
      known.tokens = Math.min(burst, known.tokens + ((now - known.at) / 1_000) * this.#perSecond)
      known.at = now
      return known
    }
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size < maxSenders) break
      this.#buckets.delete(oldest)
    }
    const bucket = { tokens: burst, at: now }
    this.#buckets.set(sender, bucket)
    return bucket
  }
}

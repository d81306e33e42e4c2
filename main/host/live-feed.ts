import type { Clock } from '#main/base/clock.ts'
import type { Changes } from '#main/relay.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'

/** Changed events that a client which was away can still be told about one by one. */
export const feedLength = 2_000
/** Messages to people that a slow watcher is still shown. */
const toastsKept = 20

/**
 * What changed lately, for any number of watchers, in a fixed amount of memory.
 *
 * Each change has a sequence number. An event stands here once, under the number of its last change; a watcher keeps no
 * queue but only the number it has reached, so a slow one costs nothing: it skips states that were overtaken, and when it
 * fell behind the oldest number kept here, it is told to load its lists anew.
 *
 * Numbers begin at the start time in microseconds, so that one from before a restart lies below all of this run.
 */
export class LiveFeed {
  readonly #changed = new Map<EventId, number>()
  readonly #waiting = new Set<() => void>()
  #seq: number
  /** The last number that is not covered any more. */
  #floor: number
  #healthChanges = 0
  #toasts: Toast[] = []
  #toastCount = 0

  constructor(clock: Clock) {
    this.#seq = clock.now() * 1_000
    this.#floor = this.#seq
  }

  /** The number of the newest change. */
  get seq(): number {
    return this.#seq
  }

  /** Grows with each change of health. */
  get healthChanges(): number {
    return this.#healthChanges
  }

  /** How many messages to people there were. They have a count of their own: whoever comes back is not shown old ones. */
  get toastCount(): number {
    return this.#toastCount
  }

  /** The first message to people after the first `seen`, as far as it is still kept, and the count reached with it. */
  toastAfter(seen: number): { readonly toast: Toast; readonly reached: number } | null {
    const first = this.#toastCount - this.#toasts.length
    const toast = this.#toasts[Math.max(0, seen - first)]
    return toast === undefined ? null : { toast, reached: Math.max(seen, first) + 1 }
  }

  /** Takes in what a commit changed. */
  note(changes: Changes): void {
    for (const id of changes.events) {
      this.#changed.delete(id)
      this.#changed.set(id, ++this.#seq)
    }
    this.#trim()
    if (changes.health) this.#healthChanges++
    if (changes.toasts !== undefined) {
      this.#toastCount += changes.toasts.length
      this.#toasts = [...this.#toasts, ...changes.toasts].slice(-toastsKept)
    }
    this.#wake()
  }

  /** Another database is shown from now on: whatever anybody has seen is of no use any more. */
  restart(): void {
    this.#changed.clear()
    this.#floor = ++this.#seq
    this.#healthChanges++
    this.#wake()
  }

  /** Can a watcher that has seen everything up to `seq` be told just the rest? */
  covers(seq: number): boolean {
    return seq >= this.#floor && seq <= this.#seq
  }

  /** Up to `most` events changed after `seq`, in the order of their last change, and the number reached with them. */
  changedAfter(seq: number, most: number): { readonly ids: readonly EventId[]; readonly reached: number } {
    const ids: EventId[] = []
    let reached = seq
    for (const [id, at] of this.#changed) {
      if (at <= seq) continue
      if (ids.length === most) return { ids, reached }
      ids.push(id)
      reached = at
    }
    return { ids, reached: this.#seq }
  }

  /** Resolves with the next change of anything, or when `signal` aborts. */
  change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(settle)
        signal.removeEventListener('abort', settle)
        resolve()
      }
      if (signal.aborted) return resolve()
      this.#waiting.add(settle)
      signal.addEventListener('abort', settle)
    })
  }

  #trim(): void {
    for (const [id, at] of this.#changed) {
      if (this.#changed.size <= feedLength) return
      this.#changed.delete(id)
      this.#floor = at
    }
  }

  #wake(): void {
    for (const settle of [...this.#waiting]) settle()
  }
}

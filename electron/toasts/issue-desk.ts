import type { Issue } from './issues-from-health.ts'

/**
 * One toast for each issue, however often it is told of: shown when it opens, and not again before it has closed. While toasts are held
 * back it waits, and is shown afterwards if it is still open.
 */
export class IssueDesk {
  readonly #show: (issue: Issue) => void
  readonly #isHeldBack: () => boolean
  readonly #known = new Set<string>()
  #open: readonly Issue[] = []

  constructor(show: (issue: Issue) => void, isHeldBack: () => boolean) {
    this.#show = show
    this.#isHeldBack = isHeldBack
  }

  /** Everything that is open now. */
  take(open: readonly Issue[]): void {
    this.#open = open
    for (const key of this.#known) if (!open.some((issue) => issue.key === key)) this.#known.delete(key)
    this.look()
  }

  /** What is open now is known to whoever sits here; no toast for it. */
  takeAsKnown(open: readonly Issue[]): void {
    for (const { key } of open) this.#known.add(key)
    this.take(open)
  }

  /** Shows what was held back, should that be over. */
  look(): void {
    if (this.#isHeldBack()) return
    for (const issue of this.#open) {
      if (this.#known.has(issue.key)) continue
      this.#known.add(issue.key)
      this.#show(issue)
    }
  }
}

interface Fired {
  readonly openedAt: number
  /** null: it is still open. */
  readonly closedAt: number | null
  readonly windowMinutes: number
}

const minuteMs = 60_000
/** Shown before an alert opened, at the least and at the most (ms). */
const leastBeforeMs = 60 * minuteMs
const mostBeforeMs = 24 * 60 * minuteMs

/** What to draw around an alert: enough before it to see the change, and a little of what came after. In whole minutes. */
export function chartSpan({ openedAt, closedAt, windowMinutes }: Fired, now: number): { from: number; to: number } {
  const lasted = (closedAt ?? now) - openedAt
  const before = Math.min(Math.max(leastBeforeMs, 8 * windowMinutes * minuteMs, lasted), mostBeforeMs)
  const to = closedAt === null ? now : Math.min(now, closedAt + Math.max(before / 3, 10 * minuteMs))
  return { from: wholeMinute(openedAt - before), to: wholeMinute(to) + minuteMs }
}

function wholeMinute(at: number): number {
  return at - (at % minuteMs)
}

const ago = /^(\d{1,5})([mhdw])$/
const day = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(Z)?)?$/
const unitMs = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
])

/** Whether a text names an instant that there is: `2h`, `2026-11-01`, `2026-11-01T08:30`, `2026-11-01T08:30:00Z`. */
export function isInstantText(text: string): boolean {
  return instantOf(text, 0, 'since') !== null
}

/**
 * The instant (ms since 1970) that a text names at the time `now`; null when it names none.
 *
 * A day alone means its beginning for `since` and its end for `until`, in the time zone of this machine.
 */
export function instantOf(text: string, now: number, side: 'since' | 'until'): number | null {
  const [, amount, unit = ''] = ago.exec(text) ?? []
  if (amount !== undefined) return now - Number(amount) * (unitMs.get(unit) ?? 0)
  const [matched, year, month, date, hour, minute, second = '0', zone] = day.exec(text) ?? []
  if (matched === undefined || !isCalendarDay(Number(year), Number(month), Number(date))) return null
  if (hour === undefined || minute === undefined) {
    return new Date(Number(year), Number(month) - 1, Number(date) + (side === 'until' ? 1 : 0)).getTime()
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const parts = [Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute), Number(second)] as const
  return zone === 'Z' ? Date.UTC(...parts) : new Date(...parts).getTime()
}

function isCalendarDay(year: number, month: number, date: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, date))
  return year >= 1970 && at.getUTCMonth() === month - 1 && at.getUTCDate() === date
}

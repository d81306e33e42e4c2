const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
})
const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false })
const otherDay = new Intl.DateTimeFormat(undefined, {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const day = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: 'short' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hour12: false })

/** The one way the console writes instants, given in ms since 1970 and shown in the person's own zone. */
export const showTime = {
  /** 14:03:22 */
  clock: (at: number) => clock.format(at),
  /** 14:03 */
  minute: (at: number) => minute.format(at),
  /** 14:03:22.417 */
  precise: (at: number) => `${clock.format(at)}.${String(Math.trunc(at) % 1_000).padStart(3, '0')}`,
  /** The clock today, else day, hour and minute. */
  short: (at: number, now = Date.now()) =>
    new Date(at).toDateString() === new Date(now).toDateString() ? clock.format(at) : otherDay.format(at),
  /** 22 Nov */
  day: (at: number) => day.format(at),
  /** 14:03 today, else with the day before it. */
  shortMinute: (at: number, now = Date.now()) =>
    new Date(at).toDateString() === new Date(now).toDateString() ? minute.format(at) : otherDay.format(at),
  /** Date and time, then the same instant in UTC: for a tooltip. */
  both: (at: number) => `${full.format(at)} · ${new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')}`,
}

/** A length of time in its largest sensible unit: `12 ms`, `3.4 s`, `5 min`, `2 h`, `3 d`. */
export function showDuration(ms: number): string {
  if (ms < 1) return '< 1 ms'
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 48 * 3_600_000) return `${Math.round(ms / 3_600_000)} h`
  return `${Math.round(ms / 86_400_000)} d`
}

/** `1.2 KB`; bytes in steps of 1,024. */
export function showSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`
  if (bytes < 1_024 ** 2) return `${(bytes / 1_024).toFixed(1)} KB`
  return `${(bytes / 1_024 ** 2).toFixed(1)} MB`
}

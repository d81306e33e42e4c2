/** Where the clock stands that instants are written by: the person's own zone, or UTC. */
export type ClockZone = 'local' | 'utc'

const formatsOf = { local: formatsIn(undefined), utc: formatsIn('UTC') }
let zoneNow: ClockZone = 'local'

/** From now on, all instants are written in this zone. What is on the screen has to be drawn anew. */
export function writeTimesIn(zone: ClockZone): void {
  zoneNow = zone
}

/** The one way the console writes instants, given in ms since 1970 and shown in the zone that the person chose. */
export const showTime = {
  /** 14:03:22 */
  clock: (at: number) => formatsOf[zoneNow].clock.format(at),
  /** 14:03 */
  minute: (at: number) => formatsOf[zoneNow].minute.format(at),
  /** 14:03:22.417 */
  precise: (at: number) => `${showTime.clock(at)}.${String(Math.trunc(at) % 1_000).padStart(3, '0')}`,
  /** 3 Jun */
  date: (at: number) => formatsOf[zoneNow].date.format(at),
  /** 3 Jun 2025 */
  day: (at: number) => formatsOf[zoneNow].day.format(at),
  /** The clock today, else day, hour and minute. */
  short: (at: number, now = Date.now()) =>
    showTime.day(at) === showTime.day(now) ? showTime.clock(at) : formatsOf[zoneNow].otherDay.format(at),
  /** 14:03 today, else with the day before it. */
  shortMinute: (at: number, now = Date.now()) =>
    showTime.day(at) === showTime.day(now) ? showTime.minute(at) : formatsOf[zoneNow].otherDay.format(at),
  /** Date and time, then the same instant in UTC: for a tooltip. */
  both: (at: number) =>
    `${formatsOf.local.full.format(at)} · ${new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')}`,
}

function formatsIn(timeZone: string | undefined) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(undefined, { ...options, hourCycle: 'h23', ...(timeZone !== undefined && { timeZone }) })
  const minute = { hour: '2-digit', minute: '2-digit' } as const
  return {
    clock: format({ ...minute, second: '2-digit' }),
    minute: format(minute),
    date: format({ day: 'numeric', month: 'short' }),
    day: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    otherDay: format({ day: '2-digit', month: 'short', ...minute }),
    full: format({ dateStyle: 'medium', timeStyle: 'medium' }),
  }
}

/** How long ago an instant was, or in how long it will be: `just now`, `5 min ago`, `in 2 h`. */
export function showAgo(at: number, now: number): string {
  const ms = Math.abs(now - at)
  if (ms < 10_000) return 'just now'
  const long = ms < 60_000 ? `${Math.round(ms / 1_000)} s` : showDuration(ms)
  return at > now ? `in ${long}` : `${long} ago`
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
  if (bytes < 1_024 ** 2) return `${tenths(bytes / 1_024)} KB`
  if (bytes < 1_024 ** 3) return `${tenths(bytes / 1_024 ** 2)} MB`
  return `${tenths(bytes / 1_024 ** 3)} GB`
}

/** With one digit after the point, where that is not a nothing. */
function tenths(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
}

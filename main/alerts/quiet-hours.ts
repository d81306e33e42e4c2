import type { QuietHours } from '#shared/domain/alert.ts'

/** When the quiet hours end that an instant lies in (ms since 1970), by the machine's clock; null outside of them. */
export function quietUntil(hours: QuietHours | null, now: number): number | null {
  if (hours === null || hours.from === hours.to) return null
  const time = minutesOf(new Date(now))
  const [from, to] = [minutesOfText(hours.from), minutesOfText(hours.to)]
  const isQuiet = from < to ? time >= from && time < to : time >= from || time < to
  if (!isQuiet) return null
  const day = new Date(now)
  // By the calendar and not by adding hours: a night with a change of the clocks ends at the same time of day.
  const daysOn = time < to ? 0 : 1
  const [hour = 0, minute = 0] = hours.to.split(':').map(Number)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysOn, hour, minute).getTime()
}

function minutesOf(at: Date): number {
  return at.getHours() * 60 + at.getMinutes()
}

function minutesOfText(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  return hour * 60 + minute
}

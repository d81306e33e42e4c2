import type { QuietHours } from '#shared/contract/shell.ts'

/** Is it quiet at this time of day (local)? The hours may lie around midnight; from and until the same is never. */
export function isQuiet({ from, until }: QuietHours, at: Date): boolean {
  const now = at.getHours() * 60 + at.getMinutes()
  const [start, end] = [minutesOf(from), minutesOf(until)]
  return start <= end ? now >= start && now < end : now >= start || now < end
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

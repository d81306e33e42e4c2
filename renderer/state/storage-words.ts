import { showSize, showTime } from '#renderer/parts/time-format.ts'
import type { StorageReport } from '#shared/domain/storage.ts'

const dayMs = 86_400_000
/** A forecast for longer than this is no more than a guess (days). */
const farDays = 3_650
/** How far ahead the chart looks (days). */
const aheadDays = 60

/** What may lie between two marks of a scale of sizes (bytes), so that each mark is a round one: 1, 2, 5, 10 … 500 of a unit. */
export const sizeSteps: readonly number[] = [1, 1024, 1024 ** 2, 1024 ** 3, 1024 ** 4].flatMap((unit) =>
  [1, 2, 5, 10, 20, 50, 100, 200, 500].map((many) => many * unit),
)

type Room = Pick<StorageReport, 'forecast' | 'settings' | 'usedBytes' | 'diskFreeBytes'>

/** How long there is room, in a sentence; whichever of limit and disk ends first. */
export function forecastSentence({ diskFreeBytes, forecast, settings, usedBytes }: Room, now: number): string {
  if (forecast === null || forecast === undefined) return 'How fast it grows is known after a day of work.'
  if (usedBytes >= settings.maxBytes)
    return 'It is as large as it may be: the longest ended events make room for new ones.'
  if (forecast.bytesPerDay <= 0) return 'It is not growing.'
  const pace = `${showSize(Math.round(forecast.bytesPerDay))} a day`
  const toLimit = forecast.daysLeft ?? Infinity
  const toDisk = diskFreeBytes === null ? Infinity : diskFreeBytes / forecast.bytesPerDay
  const days = Math.min(toLimit, toDisk)
  if (days > farDays) return `It grows by ${pace}. At this pace there is room for more than ten years.`
  const when = `in ${days < 1 ? 'less than a day' : `${Math.floor(days)} ${Math.floor(days) === 1 ? 'day' : 'days'}`}`
  const day = showTime.day(now + days * dayMs)
  return toDisk < toLimit
    ? `At this pace, ${pace}, the disk is full ${when}, on ${day}. Then senders are asked to come back until there is room.`
    : `Full ${when} at this pace (${pace}), on ${day}. Then the longest ended events go early.`
}

export interface RoomCurve {
  /** ms since 1970, ascending. */
  readonly times: readonly number[]
  readonly used: readonly (number | null)[]
  readonly expected: readonly (number | null)[]
  /** The limit, where the curve comes near enough to it to be seen beside it. */
  readonly limit: number | null
}

/** What the database held day by day, and what it will hold at the same pace; null until there is something to draw. */
export function roomCurve(
  { forecast, history = [], settings, usedBytes }: StorageReport,
  now: number,
): RoomCurve | null {
  if (forecast === null || forecast === undefined || history.length === 0) return null
  const past = [...history.filter(({ at }) => at < now), { at: now, bytes: usedBytes }]
  const ahead = forecast.bytesPerDay > 0 ? Math.min(aheadDays, forecast.daysLeft ?? aheadDays) : 0
  const days = Array.from({ length: Math.max(0, Math.floor(ahead)) }, (_, index) => index + 1)
  const later = days.map((day) => ({ at: now + day * dayMs, bytes: usedBytes + day * forecast.bytesPerDay }))
  const end = later.at(-1)?.bytes ?? usedBytes
  return {
    times: [...past, ...later].map(({ at }) => at),
    used: [...past.map(({ bytes }) => bytes), ...later.map(() => null)],
    expected: [...past.slice(1).map(() => null), usedBytes, ...later.map(({ bytes }) => bytes)],
    limit: end > settings.maxBytes / 3 ? settings.maxBytes : null,
  }
}

/** The name of a file without its folder, and the folder without its name; both spellings of paths are understood. */
export function splitPath(file: string): { readonly folder: string; readonly name: string } {
  const at = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'))
  return { folder: file.slice(0, Math.max(0, at)), name: file.slice(at + 1) }
}

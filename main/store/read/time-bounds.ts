import type { Origin } from './page.ts'
import type { Reading } from './reading.ts'

/** Between when events came in, ms since 1970. */
export interface Times {
  readonly receivedFrom?: number | undefined
  readonly receivedBefore?: number | undefined
}

/**
 * Leaves out what came in earlier or later by far, thousand by thousand: each block of indexed events says between when they came in.
 *
 * It does not rely on ids growing with time, as a clock may be set. Within a block, and where there are none yet, rows are tried.
 */
export function withinTimes(reading: Reading, origin: Origin, { receivedFrom, receivedBefore }: Times): Origin {
  if (receivedFrom === undefined && receivedBefore === undefined) return origin
  const upTo = reading.get<{ upTo: number }>('select up_to as upTo from search_progress')?.upTo ?? 0
  const floor = receivedFrom === undefined ? 0 : idBelow(reading, receivedFrom, upTo)
  const ceiling = receivedBefore === undefined ? upTo + 1 : idAbove(reading, receivedBefore, upTo)
  return {
    enter: (before) => (before <= upTo + 1 ? Math.min(before, ceiling) : before),
    floor: Math.max(floor, origin.floor),
    streams: (before) => origin.streams(before),
    stopBelow(before) {
      const stop = origin.stopBelow(before)
      // A go ends where the gap begins, so that the next one enters behind it.
      const aboveGap = before > upTo + 1 && ceiling <= upTo ? Math.max(stop, upTo) : stop
      return aboveGap <= floor ? 0 : aboveGap
    },
  }
}

/** An id below all events that came in at `at` or later. */
function idBelow(reading: Reading, at: number, upTo: number): number {
  const sql = 'select min(block) as block from event_blocks where last_at >= ?'
  const block = reading.get<{ block: number | null }>(sql, at)?.block ?? null
  return block === null ? upTo : Math.min(upTo, block * 1000 - 1)
}

/** An id above all indexed events that came in before `at`. */
function idAbove(reading: Reading, at: number, upTo: number): number {
  const sql = 'select max(block) as block from event_blocks where first_at < ?'
  const block = reading.get<{ block: number | null }>(sql, at)?.block ?? null
  return block === null ? 1 : Math.min(upTo + 1, (block + 1) * 1000)
}

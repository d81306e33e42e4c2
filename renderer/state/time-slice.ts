import * as z from 'zod'
import { writeTimesIn, type ClockZone } from '#renderer/parts/time-format.ts'
import type { SliceTools } from './console-state.ts'

const choice = z.object({ zone: z.enum(['local', 'utc']), style: z.enum(['absolute', 'relative']) })
export type TimeChoice = z.infer<typeof choice>

/** How instants are written all over the console; kept by the browser, as it is a matter of who looks. */
export interface TimeSlice extends TimeChoice {
  readonly zone: ClockZone
  choose(change: Partial<TimeChoice>): void
}

const key = 'patchbay-time'
const usual: TimeChoice = { zone: 'local', style: 'absolute' }

export function createTimeSlice({ get, set }: SliceTools<TimeSlice>): TimeSlice {
  const kept = readChoice()
  writeTimesIn(kept.zone)
  return {
    ...kept,
    choose(change) {
      const { zone, style } = { ...get(), ...change }
      writeTimesIn(zone)
      keepChoice({ zone, style })
      set({ zone, style })
    },
  }
}

/** What cannot be read, as in a browser that keeps nothing, is as if nobody had chosen. */
function readChoice(): TimeChoice {
  try {
    return choice.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data ?? usual
  } catch {
    return usual
  }
}

function keepChoice(chosen: TimeChoice): void {
  try {
    localStorage.setItem(key, JSON.stringify(chosen))
  } catch {
    // It holds until the window is closed.
  }
}

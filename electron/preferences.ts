import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { writeWhole } from '#main/base/whole-file.ts'
import { quietHours } from '#shared/contract/shell.ts'

/** What this computer remembers of the window and for the person; the relay's settings are not here but in its database. */
const preferences = z.object({
  /** Where the window stood last, in points of the screen; null before the first time. */
  window: z
    .object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), isMaximized: z.boolean() })
    .nullable()
    .default(null),
  /** 1: as designed. */
  zoom: z.number().min(0.5).max(3).default(1),
  /** The person knows that a closed window leaves Patchbay at work. */
  knowsTray: z.boolean().default(false),
  toasts: z.boolean().default(true),
  quietHours: quietHours.nullable().default(null),
})
export type Preferences = z.infer<typeof preferences>

/** The preferences in memory, written to their file with each change. */
export interface PreferenceFile {
  readonly now: Preferences
  change(part: Partial<Preferences>): void
}

/** Opens them; what can't be read is as if never set, since nothing in it is worth a start that fails. */
export function openPreferences(file: string): PreferenceFile {
  let now = read(file)
  return {
    get now() {
      return now
    },
    change(part) {
      now = { ...now, ...part }
      try {
        writeWhole(file, JSON.stringify(now, null, 2))
      } catch (thrown) {
        process.stderr.write(`The preferences could not be written: ${String(thrown)}\n`)
      }
    },
  }
}

function read(file: string): Preferences {
  try {
    return preferences.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return preferences.parse({})
  }
}

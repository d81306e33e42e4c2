import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { writeWhole } from '#main/base/whole-file.ts'

/** What the next start has to know about an update that was set going. */
export const updateOrder = z.object({
  from: z.string(),
  to: z.string(),
  /** The database as the old version left it; null when there was none, as only the sandbox had been used. */
  backup: z.string().nullable(),
  /** The installer of the old version; null when it is not kept. */
  oldInstaller: z.string().nullable(),
  /** ms since 1970 */
  orderedAt: z.number(),
  /** Starts of the new version that did not end well. */
  starts: z.int().min(0),
  /** Why the new version was given up; null while it may be tried. */
  refusal: z.string().nullable(),
})
export type UpdateOrder = z.infer<typeof updateOrder>

/** The order, in a file beside the database: it has to outlast the program that wrote it. */
export interface OrderFile {
  read(): UpdateOrder | null
  write(order: UpdateOrder): void
  clear(): void
}

export function orderFile(dataFolder: string): OrderFile {
  const file = join(dataFolder, 'update.json')
  return {
    read() {
      try {
        return updateOrder.parse(JSON.parse(readFileSync(file, 'utf8')))
      } catch {
        // Absent, or not ours: the start goes on as without an update.
        return null
      }
    },
    write: (order) => writeWhole(file, JSON.stringify(order, null, 2)),
    clear: () => rmSync(file, { force: true }),
  }
}

/**
 * What a start is, in the light of the last update:
 *
 * - `usual`: there was none, or it is over
 * - `trial`: the first starts of the new version; it has to show that it works
 * - `given-up`: the new version was tried and can't work with this database
 * - `not-installed`: still the old version, as the installer did not run or was ended
 * - `back`: the old version again, after the new one was given up
 */
export type StartKind = 'usual' | 'trial' | 'given-up' | 'not-installed' | 'back'

export function judgeStart(order: UpdateOrder | null, version: string): StartKind {
  if (order === null) return 'usual'
  if (version === order.to) return order.refusal === null ? 'trial' : 'given-up'
  if (version === order.from) return order.refusal === null ? 'not-installed' : 'back'
  return 'usual'
}

/** Starts of a new version that may go wrong before it is given up: a crash may have another reason. */
export const triesOfTrial = 3

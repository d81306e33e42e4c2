import { existsSync } from 'node:fs'
import type { SandboxInfo } from '#shared/domain/health.ts'
import { openForReading } from './open.ts'
import { goingOnReads } from './read/going-on.ts'
import { Reading } from './read/reading.ts'

/**
 * What a database holds that nobody works on at the moment. null: nothing is connected in it. One that can't be read, as after an upgrade that
 * has not reached it yet, may hold anything.
 */
export function lookAside(file: string): NonNullable<SandboxInfo['real']> | null {
  if (!existsSync(file)) return null
  try {
    const db = openForReading(file)
    try {
      const reading = new Reading(db)
      const isConnected = reading.get('select 1 from connections') !== undefined
      return isConnected ? { waiting: goingOnReads(reading).goingOn(null) } : null
    } finally {
      db.close()
    }
  } catch {
    return { waiting: null }
  }
}

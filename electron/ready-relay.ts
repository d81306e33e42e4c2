import type { RelayStart } from './relay/relay-messages.ts'
import { keyForRelay } from './secrets/start-key.ts'
import { mayStart } from './updates/app-updates.ts'

/**
 * Adds to a start what a relay of our own needs: the key, and that this version may work with the data. Without a key another Patchbay holds
 * the folder, and looks after both. null: a person has given it up or was told why it can't be.
 */
export async function readyRelay(plan: Omit<RelayStart, 'key'>): Promise<RelayStart | null> {
  const key = await keyForRelay(plan.dataFolder)
  if (key === 'none') return null
  if (key !== null && !(await mayStart(plan.dataFolder, Buffer.from(key.text, 'base64')))) return null
  return { ...plan, key }
}

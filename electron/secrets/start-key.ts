import { hostname, userInfo } from 'node:os'
import { safeStorage } from 'electron'
import { systemClock } from '#main/base/clock.ts'
import { claimFolder } from '#main/base/data-folder.ts'
import type { RelayStart } from '../relay/relay-messages.ts'
import { openDesktopKey, type KeyOpening, type KeyParts } from './desktop-key.ts'
import { systemBox } from './system-box.ts'
import { askForKey } from './unlock-window.ts'

/** What a relay is started with now: the key, or null while the folder can't be had, as another Patchbay holds it. `none`: the person gave up. */
export async function keyForRelay(dataFolder: string): Promise<RelayStart['key'] | 'none'> {
  if (!isFree(dataFolder)) return null
  const opened = await keyForStart(dataFolder)
  return opened === null ? 'none' : { text: opened.key.toString('base64'), keeping: opened.keeping }
}

/** Can the folder be had now? Where not, the relay's own start says why. */
function isFree(dataFolder: string): boolean {
  try {
    claimFolder(dataFolder)()
    return true
  } catch {
    return false
  }
}

/**
 * The data key for this start, asked for in a window when it is locked; null when the person gave up, and Patchbay has to end. To be called
 * when the app is ready and the page can be served.
 */
async function keyForStart(dataFolder: string): Promise<Extract<KeyOpening, { state: 'open' }> | null> {
  const { platform } = process
  const parts: KeyParts = {
    dataFolder,
    box: systemBox(safeStorage, platform),
    signIn: { user: userInfo().username, machine: hostname(), platform },
    clock: systemClock,
  }
  const opening = await openDesktopKey(parts)
  if (opening.state === 'open') return opening
  const { canRecover, sentence, ways } = opening
  return askForKey(parts, { canRecover, sentence, ways })
}

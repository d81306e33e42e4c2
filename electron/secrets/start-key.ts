import { hostname, userInfo } from 'node:os'
import { safeStorage } from 'electron'
import { systemClock } from '#main/base/clock.ts'
import { openDesktopKey, type KeyOpening, type KeyParts } from './desktop-key.ts'
import { systemBox } from './system-box.ts'
import { askForKey } from './unlock-window.ts'

/**
 * The data key for this start, asked for in a window when it is locked; null when the person gave up, and Patchbay has to end. To be called
 * when the app is ready and the page can be served.
 */
export async function keyForStart(dataFolder: string): Promise<Extract<KeyOpening, { state: 'open' }> | null> {
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

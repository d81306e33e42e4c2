/** For the window of a Patchbay whose key is locked: three wishes of the page, and nothing else. */
import { contextBridge, ipcRenderer } from 'electron'
import { unlockKey, type LockedKey, type UnlockShell } from '#shared/contract/unlock.ts'
import { unlockChannels } from '../secrets/unlock-channels.ts'

contextBridge.exposeInMainWorld(unlockKey, {
  state: () => ipcRenderer.invoke(unlockChannels.state) as Promise<LockedKey>,
  open: (passphrase) => ipcRenderer.invoke(unlockChannels.open, passphrase) as Promise<string | null>,
  quit: () => ipcRenderer.invoke(unlockChannels.quit) as Promise<void>,
} satisfies UnlockShell)

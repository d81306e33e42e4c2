import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import { PlainError } from '#main/base/errors.ts'
import type { LockedKey } from '#shared/contract/unlock.ts'
import { isFromOwnPage } from '../ipc/own-page.ts'
import { pageHost, pageScheme } from '../windows/navigation-guard.ts'
import { unlockDesktopKey, type KeyOpening, type KeyParts } from './desktop-key.ts'
import { unlockChannels } from './unlock-channels.ts'

type Opened = Extract<KeyOpening, { state: 'open' }>

/** Shows why the key is locked and takes the passphrase; null when the window was closed without it. */
export function askForKey(parts: KeyParts, locked: LockedKey): Promise<Opened | null> {
  const window = openWindow()
  return new Promise((resolve) => {
    let opened: Opened | null = null
    const fromPage = (event: IpcMainInvokeEvent): boolean => event.sender === window.webContents && isFromOwnPage(event)
    ipcMain.handle(unlockChannels.state, (event) => {
      if (!fromPage(event)) throw new Error('not for this page')
      return locked
    })
    ipcMain.handle(unlockChannels.open, async (event, passphrase: unknown) => {
      if (!fromPage(event) || typeof passphrase !== 'string') throw new Error('not for this page')
      const tried = await tryPassphrase(parts, passphrase)
      if (typeof tried === 'string') return tried
      opened = tried
      setImmediate(() => window.close())
      return null
    })
    ipcMain.handle(unlockChannels.quit, (event) => {
      if (fromPage(event)) setImmediate(() => window.close())
    })
    window.once('closed', () => {
      for (const channel of Object.values(unlockChannels)) ipcMain.removeHandler(channel)
      resolve(opened)
    })
  })
}

async function tryPassphrase(parts: KeyParts, passphrase: string): Promise<Opened | string> {
  try {
    const opening = await unlockDesktopKey(parts, passphrase)
    return opening.state === 'open' ? opening : opening.sentence
  } catch (thrown) {
    if (thrown instanceof PlainError) return [thrown.message, thrown.fix].filter(Boolean).join(' ')
    throw thrown
  }
}

function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 720,
    height: 640,
    minWidth: 480,
    minHeight: 420,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/unlock.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  void window.loadURL(`${process.env['ELECTRON_RENDERER_URL'] ?? `${pageScheme}://${pageHost}`}/unlock.html`)
  return window
}

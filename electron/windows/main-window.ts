import { join } from 'node:path'
import { BrowserWindow, shell } from 'electron'
import { isOwnPage, isWebPage, pageUrl } from './navigation-guard.ts'

/** Opens the window with the console in it. The page is locked in: no Node, no other page, no further window. */
export function openMainWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 880,
    minHeight: 560,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  lock(window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(process.env['ELECTRON_RENDERER_URL'] ?? pageUrl)
  return window
}

function lock(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    if (isWebPage(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  webContents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    // The copy buttons need it; camera, location and the rest have no business here.
    answer(permission === 'clipboard-sanitized-write')
  })
}

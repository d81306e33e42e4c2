import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import type { PreferenceFile } from '../preferences.ts'
import { goChannel } from '../ipc/channels.ts'
import { followZoom } from './zoom.ts'
import { pageUrl } from './navigation-guard.ts'
import { offerContextMenu } from './context-menu.ts'
import { leastSize, placeWindow } from './window-place.ts'

/** ms after the last move before the place is written down. */
const settleMs = 500

/** The one window of the app, made when it is first wanted and kept behind the tray when it is closed. */
export interface MainWindow {
  /** Brings it to the front, at a place of the console if one is named. */
  show(hash?: string | null): void
  /** The window, shown or not; null before it is first wanted. */
  readonly now: BrowserWindow | null
  /** From now on closing it ends it. */
  letGo(): void
}

/** `onHidden`: a person has closed it, and it stays behind the tray. */
export function mainWindow(preferences: PreferenceFile, onHidden: () => void): MainWindow {
  let window: BrowserWindow | null = null
  let isLetGo = false

  function make(hash: string): BrowserWindow {
    const made = new BrowserWindow({
      ...placeWindow(preferences.now.window, usableScreens()),
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      show: false,
      title: 'Patchbay',
      autoHideMenuBar: true,
      webPreferences: {
        preload: join(import.meta.dirname, '../preload/preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    })
    if (preferences.now.window?.isMaximized) made.maximize()
    made.once('ready-to-show', () => made.show())
    made.on('close', (event) => {
      remember(made, preferences)
      if (isLetGo) return
      event.preventDefault()
      made.hide()
      onHidden()
    })
    made.once('closed', () => {
      window = null
    })
    rememberMoves(made, preferences)
    followZoom(made, preferences)
    offerContextMenu(made)
    void made.loadURL((process.env['ELECTRON_RENDERER_URL'] ?? pageUrl) + hash)
    return made
  }

  return {
    get now() {
      return window
    },
    show(hash = null) {
      if (window === null) {
        window = make(hash ?? '')
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      if (hash !== null) window.webContents.send(goChannel, hash)
    },
    letGo: () => {
      isLetGo = true
    },
  }
}

function usableScreens() {
  const main = screen.getPrimaryDisplay()
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea)
}

function rememberMoves(window: BrowserWindow, preferences: PreferenceFile): void {
  let timer: NodeJS.Timeout | undefined
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!window.isDestroyed()) remember(window, preferences)
    }, settleMs)
  }
  window.on('move', later)
  window.on('resize', later)
}

function remember(window: BrowserWindow, preferences: PreferenceFile): void {
  const isMaximized = window.isMaximized()
  preferences.change({ window: { ...window.getNormalBounds(), isMaximized } })
}

import { app, Menu } from 'electron'
import type { PreferenceFile } from '../preferences.ts'
import type { MainWindow } from './main-window.ts'
import { zoomWindow } from './zoom.ts'

/** The menu bar, hidden until Alt is pressed; its keys count all the same. */
export function setAppMenu(window: MainWindow, preferences: PreferenceFile): void {
  const zoom = (direction: 'in' | 'out' | 'reset') => () => {
    if (window.now !== null) zoomWindow(window.now, preferences, direction)
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: '&File', submenu: [{ role: 'close' }, { role: 'quit', label: 'Quit Patchbay' }] },
      { role: 'editMenu', label: '&Edit' },
      {
        label: '&View',
        submenu: [
          { label: 'Zoom in', accelerator: 'CmdOrCtrl+=', click: zoom('in') },
          { label: 'Zoom in', accelerator: 'CmdOrCtrl+Plus', click: zoom('in'), visible: false },
          { label: 'Zoom out', accelerator: 'CmdOrCtrl+-', click: zoom('out') },
          { label: 'Actual size', accelerator: 'CmdOrCtrl+0', click: zoom('reset') },
          { role: 'togglefullscreen' },
          ...(app.isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
        ],
      },
    ]),
  )
}

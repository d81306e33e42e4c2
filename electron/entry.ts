/** The desktop app: one instance, the relay in a process of its own, and a window on it. */
import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { brokerHostLines } from './ipc/host-line.ts'
import { superviseRelay } from './relay-supervisor.ts'
import { registerPageScheme, servePage } from './windows/app-protocol.ts'
import { openMainWindow } from './windows/main-window.ts'

function run(): void {
  registerPageScheme()
  // A second start brings the window of the first to the front.
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(startUp)
}

function startUp(): void {
  servePage(join(import.meta.dirname, '../renderer'))
  const relay = superviseRelay(
    { version: app.getVersion(), sandbox: process.argv.includes('--sandbox') },
    (sentence) => {
      dialog.showErrorBox('Patchbay can not start', sentence)
      app.quit()
    },
  )
  brokerHostLines(relay)
  stopRelayBeforeQuit(() => relay.stop())
  openMainWindow()
}

/** What the relay holds is finished and on disk before the app is gone. */
function stopRelayBeforeQuit(stop: () => Promise<void>): void {
  let isStopped = false
  app.on('before-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void stop().finally(() => {
      isStopped = true
      app.quit()
    })
  })
}

function showWindow(): void {
  const window = BrowserWindow.getAllWindows()[0] ?? openMainWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

if (app.requestSingleInstanceLock()) run()
else app.quit()

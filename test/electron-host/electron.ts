/**
 * Stands in for the module `electron` of the main process, where Electron's runtime can't be had: the same main process, as it is built, runs
 * under Node, and its windows are pages of a real Chromium that the test holds. Only what the shell uses is here, each part as Electron's
 * documentation has it; where it differs, its comment says so. Each part is held by the compiler against the members that the shell uses of it,
 * as Electron types them (`Pick`), so that a change there is noticed. Two things escape that: events, which are Node's EventEmitter here, and
 * what Electron answers with objects of its own, where only the parameters are Electron's.
 */
export { app, autoUpdater } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { dialog, powerMonitor, powerSaveBlocker, screen, shell } from './desktop-services.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu } from './menu.ts'
export { MessageChannelMain } from './message-ports.ts'
export { Notification } from './notification.ts'
export { net, protocol, session } from './session.ts'
export { safeStorage } from './safe-storage.ts'
export { nativeImage, Tray } from './tray.ts'
export { utilityProcess } from './utility-process.ts'

import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App, JumpListCategory, LoginItemSettings, Settings } from 'electron'
import { holdInstance } from './single-instance.ts'
import { testWire } from './test-wire.ts'

type Used = Pick<
  App,
  | 'exit'
  | 'getLoginItemSettings'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'setBadgeCount'
  | 'setJumpList'
  | 'setLoginItemSettings'
  | 'whenReady'
>

/** The windows, as far as quitting goes; browser-window.ts tells of them, so that neither file needs the other. */
export interface Closable {
  /** False when a listener of `close` has kept it open. */
  close(): boolean
}

class StandInApp extends EventEmitter implements Used {
  readonly isPackaged = process.env['ELECTRON_HOST_UNPACKAGED'] !== '1'
  readonly openWindows = new Set<Closable>()
  readonly seen = { badge: 0, protocolClients: [] as string[], userModelId: '', jumpList: [] as JumpListCategory[] }
  readonly #ready = Promise.withResolvers<void>()
  readonly #folder = folderFrom(process.argv)
  #opensAtLogin = false
  #isQuitting = false

  constructor() {
    super()
    // `ready` comes after the first turn of the loop, so what has to be called before it can be.
    setImmediate(() => this.#ready.resolve())
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  /**
   * `before-quit`, whose default may be prevented; then every window is closed, which may be prevented, too; then `will-quit`, `quit`, and
   * the process ends.
   */
  quit(): void {
    if (this.#isQuitting) return
    // Electron tells of it in a later turn as well.
    setImmediate(() => this.#quitNow())
  }

  #quitNow(): void {
    if (this.#isQuitting || !this.#emitPreventable('before-quit')) return
    for (const window of [...this.openWindows]) if (!window.close()) return
    if (!this.#emitPreventable('will-quit')) return
    this.#isQuitting = true
    this.emit('quit', {}, 0)
    process.exit(0)
  }

  /** At once: nobody is asked, no window is told. */
  exit(code = 0): void {
    this.#isQuitting = true
    process.exit(code)
  }

  /** After the last window has closed; without a listener the app quits. */
  windowClosed(window: Closable): void {
    this.openWindows.delete(window)
    if (this.openWindows.size > 0 || this.#isQuitting) return
    if (!this.emit('window-all-closed')) this.quit()
  }

  /** False: another process holds the folder of this app, and has been given our command line as `second-instance`. */
  requestSingleInstanceLock(): boolean {
    return holdInstance(this.#folder, (argv) => this.emit('second-instance', {}, argv, process.cwd(), null))
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    const folder = name === 'userData' ? this.#folder : join(this.#folder, name)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  getName(): string {
    return 'patchbay'
  }

  /** As in package.json; a test may start it as another version. */
  getVersion(): string {
    const given = process.env['ELECTRON_HOST_VERSION']
    if (given !== undefined) return given
    const file = new URL('../../package.json', import.meta.url)
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  }

  setAppUserModelId(id: string): void {
    this.seen.userModelId = id
  }

  setBadgeCount(count = 0): boolean {
    this.seen.badge = count
    return true
  }

  setLoginItemSettings({ openAtLogin = false }: Settings): void {
    this.#opensAtLogin = openAtLogin
  }

  getLoginItemSettings(): LoginItemSettings {
    const openAtLogin = this.#opensAtLogin
    const status = openAtLogin ? 'enabled' : 'not-registered'
    return { openAtLogin, wasOpenedAtLogin: false, status, executableWillLaunchAtLogin: openAtLogin, launchItems: [] }
  }

  setAsDefaultProtocolClient(protocol: string, _path?: string, args: string[] = []): boolean {
    this.seen.protocolClients.push([protocol, ...args].join(' '))
    return true
  }

  setJumpList(categories: JumpListCategory[] | null): 'ok' {
    this.seen.jumpList = categories ?? []
    return 'ok'
  }

  /** True when no listener has prevented what happens by default. */
  #emitPreventable(name: string): boolean {
    let isPrevented = false
    this.emit(name, {
      preventDefault: () => {
        isPrevented = true
      },
    })
    return !isPrevented
  }
}

/** Chromium's own switch; a test always names a folder of its own. */
function folderFrom(argv: readonly string[]): string {
  const given = argv.find((word) => word.startsWith('--user-data-dir='))
  if (given === undefined) throw new Error('the stand-in wants --user-data-dir')
  return given.slice('--user-data-dir='.length)
}

export const app = new StandInApp()

/** Electron's own updater, which is told of another's work and does nothing here. */
export const autoUpdater = new EventEmitter()

testWire.handle('app.seen', () => ({ ...app.seen, ...app.getLoginItemSettings() }))
testWire.handle('app.quit', () => app.quit())
testWire.handle('app.open-url', (url: string) => {
  app.emit('open-url', { preventDefault: () => undefined }, url)
})
// Whoever started this is gone, and with it Chromium.
process.on('disconnect', () => process.exit(1))

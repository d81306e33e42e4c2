import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type {
  BrowserWindow as RealWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WindowSessionEndEvent,
} from 'electron'
import { app } from './app.ts'
import { testWire } from './test-wire.ts'
import { WebContents, type UsedOfContents } from './web-contents.ts'

type Used = Pick<
  RealWindow,
  | 'close'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setOverlayIcon'
  | 'setProgressBar'
  | 'show'
> & {
  readonly webContents: Pick<RealWindow['webContents'], UsedOfContents>
}

/** What Electron itself would have to be given to lock a page in; a window with anything else is no window of this app. */
const neededPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false }

const windows: BrowserWindow[] = []

/**
 * A window whose content is a page of Chromium. Whether it is in sight, where it stands and who has the focus is noted only: a page
 * in a test is drawn either way.
 */
export class BrowserWindow extends EventEmitter implements Used {
  readonly id: number
  readonly webContents: WebContents
  #bounds: Rectangle
  #isVisible: boolean
  #isFocused = false
  #isMinimized = false
  #isMaximized = false
  #isDestroyed = false
  #progress = -1
  #overlay = ''

  constructor({
    height = 600,
    show = true,
    webPreferences = {},
    width = 800,
    x = 0,
    y = 0,
  }: BrowserWindowConstructorOptions) {
    super()
    for (const [name, value] of Object.entries(neededPreferences)) {
      if (webPreferences[name as keyof typeof neededPreferences] !== value)
        throw new Error(`${name} has to be ${value}`)
    }
    this.#bounds = { x, y, width, height }
    this.#isVisible = show
    this.id = windows.push(this)
    const preload = webPreferences.preload === undefined ? '' : readFileSync(webPreferences.preload, 'utf8')
    this.webContents = new WebContents(this.id, preload, () => this.emit('ready-to-show'))
    app.openWindows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.load(url)
  }

  /** `close` may be prevented; else the page is gone, and `closed` is told. */
  close(): boolean {
    let isPrevented = false
    this.emit('close', {
      preventDefault: () => {
        isPrevented = true
      },
    })
    if (isPrevented || this.#isDestroyed) return !isPrevented
    this.#isDestroyed = true
    this.webContents.destroy()
    this.emit('closed')
    app.windowClosed(this)
    return true
  }

  show(): void {
    this.#isVisible = true
    this.#isFocused = true
  }

  hide(): void {
    this.#isVisible = false
    this.#isFocused = false
  }

  focus(): void {
    this.#isFocused = true
  }

  /** By a person who turns to another program. */
  blur(): void {
    this.#isFocused = false
  }

  isFocused(): boolean {
    return this.#isFocused
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  restore(): void {
    this.#isMinimized = false
  }

  maximize(): void {
    this.#isMaximized = true
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  getNormalBounds(): Rectangle {
    return this.#bounds
  }

  /** By a person's hand. */
  moveTo(bounds: Rectangle): void {
    this.#bounds = bounds
    this.emit('move')
    this.emit('resize')
  }

  setProgressBar(progress: number): void {
    this.#progress = progress
  }

  setOverlayIcon(_picture: unknown, description: string): void {
    this.#overlay = description
  }

  get seen() {
    return {
      isVisible: this.#isVisible && !this.#isDestroyed,
      isFocused: this.#isFocused,
      bounds: this.#bounds,
      progress: this.#progress,
      overlay: this.#overlay,
      zoom: this.webContents.zoom,
    }
  }
}

/** ms that Windows gives a program to be gone after it was told of the end of its session. */
const sessionEndMs = 5_000

/**
 * The session of the user ends: each window is asked, which may hold it up; then each is told, which nobody can undo, and who is not gone after
 * five seconds is ended. Answers whether somebody has held it up.
 */
function endSession(reason: WindowSessionEndEvent['reasons'][number]): boolean {
  let isPrevented = false
  const preventDefault = () => {
    isPrevented = true
  }
  const event: WindowSessionEndEvent = { reasons: [reason], preventDefault, defaultPrevented: false }
  const open = windows.filter((window) => !window.isDestroyed())
  for (const window of open) window.emit('query-session-end', event)
  if (isPrevented) return true
  for (const window of open) window.emit('session-end', event)
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), sessionEndMs)
  return false
}

const newest = (): BrowserWindow => {
  const window = windows.at(-1)
  if (window === undefined) throw new Error('there is no window')
  return window
}

testWire.handle('session.end', endSession)
testWire.handle('window.seen', () => windows.at(-1)?.seen ?? null)
testWire.handle('window.close', () => newest().close())
testWire.handle('window.blur', () => newest().blur())
testWire.handle('window.move', (bounds: Rectangle) => newest().moveTo(bounds))
testWire.handle('contents.emit', (name: string, details: object, ...args: unknown[]) =>
  newest().webContents.emitPreventable(name, details, ...args),
)

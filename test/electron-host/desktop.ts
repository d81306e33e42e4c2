import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { root } from '#main/setup/ensure.mjs'
import { endsWithUs } from '#test/support/children.ts'
import { until } from '#test/support/until.ts'
import type { DesktopApp } from '#test/support/desktop-app.ts'
import type { ShownItem } from './menu.ts'
import type { ToPage } from './web-contents.ts'
import { WindowPage } from './window-page.ts'
import { Wire } from './wire.ts'

export interface DesktopOptions {
  readonly context: BrowserContext
  /** Becomes the first window; without it a new page does. */
  readonly page?: Page
  /** A folder of its own for each test; a second start with the same one meets the first. */
  readonly userData: string
  readonly args: readonly string[]
  /** Folder with `out` in it, as it is packed; the project's own unless told otherwise. */
  readonly appFolder?: string
  /** Of its environment, what differs from the test's own. */
  readonly env?: Readonly<Record<string, string>>
  /** Buttons and paths for the dialogs to come, in their order. */
  readonly answers?: readonly string[]
}

export interface AskedDialog {
  readonly kind: 'message' | 'open' | 'save'
  readonly options: {
    readonly message?: string
    readonly detail?: string
    readonly title?: string
    readonly defaultPath?: string
  }
}

export interface SeenWindow {
  readonly isVisible: boolean
  readonly isFocused: boolean
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly progress: number
  readonly zoom: number
}

/** The desktop app at work, and hands for all that a person could do to it. */
export class Desktop implements DesktopApp {
  readonly child: ChildProcess
  /** Resolves with the code that the app ended with. */
  readonly ended: Promise<number | null>
  readonly dialogs: AskedDialog[] = []
  /** Web pages and files that the app had the system open. */
  readonly opened: string[] = []
  readonly #options: DesktopOptions
  readonly #wire: Wire
  readonly #pages = new Map<number, WindowPage>()
  readonly #answers: string[]
  #log = ''

  constructor(options: DesktopOptions) {
    this.#options = options
    this.#answers = [...(options.answers ?? [])]
    const entry = join(options.appFolder ?? root, 'out/electron/entry.js')
    this.child = fork(entry, [...options.args, `--user-data-dir=${options.userData}`], {
      cwd: root,
      env: { ...process.env, ...options.env },
      execArgv: ['--import', new URL('./register.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    endsWithUs(this.child)
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#log += text))
    }
    this.#wire = new Wire(this.child)
    this.ended = once(this.child, 'exit').then(([code]: (number | null)[]) => {
      this.#wire.end(`the app has ended with ${code}:\n${this.#log}`)
      return code ?? null
    })
    this.#serve()
  }

  /** What the app has written to its terminal. */
  get log(): string {
    return this.#log
  }

  /** The page of its window, once there is one. */
  async window(): Promise<Page> {
    const [made] = await until(`a window\n${this.#log}`, () => this.#pages.size > 0 && [...this.#pages.values()])
    if (made === undefined) throw new Error('there is no window')
    return made.page
  }

  windowSeen = () => this.#wire.call<SeenWindow | null>('window.seen')
  closeWindow = () => this.#wire.call('window.close')
  leaveWindow = () => this.#wire.call('window.blur')
  moveWindow = (bounds: SeenWindow['bounds']) => this.#wire.call('window.move', bounds)
  /** Tells the page's contents of something; answers whether the shell has forbidden it. */
  tellContents = (name: string, details: object, ...args: unknown[]) =>
    this.#wire.call<boolean>('contents.emit', name, details, ...args)
  tray = () => this.#wire.call<{ tooltip: string; items: ShownItem[]; png: string } | null>('tray.seen')
  chooseInTray = (label: string) => this.#wire.call('tray.choose', label)
  clickTray = () => this.#wire.call('tray.click')
  toasts = () => this.#wire.call<{ title: string; body: string }[]>('toasts')
  clickToast = (title: string) => this.#wire.call('toast.click', title)
  contextMenu = () => this.#wire.call<ShownItem[]>('menu.popped')
  chooseInMenu = (labelOrKeys: string) => this.#wire.call('menu.choose', labelOrKeys)
  power = (event: 'suspend' | 'resume' | 'shutdown') => this.#wire.call('power', event)
  /** Windows shuts down or signs its user out; answers whether the app has held that up. */
  endSession = (reason: 'shutdown' | 'logoff') => this.#wire.call<boolean>('session.end', reason)
  keepsAwake = () => this.#wire.call<boolean>('power.kept')
  appSeen = () => this.#wire.call<{ openAtLogin: boolean; protocolClients: string[] }>('app.seen')
  relayPids = () => this.#wire.call<number[]>('utility.pids')
  /** A message as if a page had sent it, from wherever. */
  forge = (message: object, frame: { url: string; parent: object | null }) =>
    this.#wire.call<unknown>('page.said', 1, message, frame)

  /** The next dialog is answered so; one that stands open already, at once. */
  answer(buttonOrPath: string): void {
    this.#answers.push(buttonOrPath)
  }

  /** By a person, once; resolves when that was taken note of. */
  quit = () => this.#wire.call('app.quit')

  /** Quits, and answers with the code; for the end of a test, so it also does when the app has ended. */
  async close(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.quit().catch(() => undefined)
    return this.ended
  }

  #serve(): void {
    const page = (id: number): WindowPage => {
      const found = this.#pages.get(id)
      if (found === undefined) throw new Error(`there is no page ${id}`)
      return found
    }
    this.#wire.handle('page.make', async (id: number, preload: string) => {
      const given = this.#pages.size === 0 ? this.#options.page : undefined
      const made = given ?? (await this.#options.context.newPage())
      this.#pages.set(id, await WindowPage.make(id, made, preload, this.#wire))
    })
    this.#wire.handle('page.load', (id: number, url: string, permissions: string[]) => page(id).load(url, permissions))
    this.#wire.handle('page.tell', (id: number, message: ToPage) => page(id).tell(message))
    this.#wire.handle('page.close', async (id: number) => {
      const { page: closing } = page(id)
      this.#pages.delete(id)
      // One that the test brought is the test's.
      if (closing !== this.#options.page) await closing.close()
    })
    this.#wire.handle('opened', (what: string) => void this.opened.push(what))
    this.#wire.handle('dialog', async (kind: AskedDialog['kind'], options: AskedDialog['options']) => {
      this.dialogs.push({ kind, options })
      return until(`an answer to the dialog ${JSON.stringify(options)}`, () => {
        const answer = this.#answers.shift()
        return answer === undefined ? null : { answer }
      }).then(({ answer }) => answer)
    })
  }
}

import { randomUUID } from 'node:crypto'
import type { CDPSession, Frame, Page, Route } from '@playwright/test'
import { fromChromium, toChromium } from './chromium-address.ts'
import { windowSwitches } from './chromium-switches.ts'
import { fromShell, isolatedWorld, isolatedWorldScript, mainWorldScript, toShell } from './page-world.ts'
import type { ToPage } from './web-contents.ts'
import type { Wire } from './wire.ts'

interface Fetched {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** What the scripts in the page say; `id` is there when an answer is wanted. */
interface Said {
  readonly type: string
  readonly id?: number
}

/** A page of Chromium as the content of one of Electron's windows. */
export class WindowPage {
  readonly page: Page
  readonly #id: number
  readonly #wire: Wire
  readonly #session: CDPSession
  /** Waits for the preload's world of the page that is being loaded. */
  #world = Promise.withResolvers<number>()
  #loading: string | null = null
  #mayOpen: Promise<boolean> = Promise.resolve(false)

  private constructor(id: number, page: Page, session: CDPSession, wire: Wire) {
    this.#id = id
    this.page = page
    this.#session = session
    this.#wire = wire
  }

  static async make(id: number, page: Page, preload: string, wire: Wire): Promise<WindowPage> {
    if (!(await page.evaluate(() => 'onclose' in MessagePort.prototype)))
      throw new Error(`this Chromium can be no window: it wants ${windowSwitches.join(' ')}`)
    const session = await page.context().newCDPSession(page)
    const made = new WindowPage(id, page, session, wire)
    await made.#prepare(preload)
    return made
  }

  async load(url: string, permissions: readonly string[]): Promise<void> {
    const address = toChromium(url)
    await this.#grant(new URL(address).origin, permissions)
    this.#loading = address
    await this.page.goto(address, { waitUntil: 'load' })
  }

  /** In order: what is sent before the preload is there waits for it. */
  tell(message: ToPage | { type: 'answer'; id: number; value?: unknown; error?: string }): void {
    void this.#world.promise
      .then((executionContextId) =>
        this.#session.send('Runtime.callFunctionOn', {
          functionDeclaration: `function (message) { globalThis.${fromShell}(message) }`,
          executionContextId,
          arguments: [{ value: message }],
        }),
      )
      // The page was closed, or is another one by now.
      .catch(() => undefined)
  }

  async #prepare(preload: string): Promise<void> {
    const { page } = this
    const session = this.#session
    const secret = randomUUID()
    const { frameTree } = await session.send('Page.getFrameTree')
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string }
      if (context.name === isolatedWorld && frameId === frameTree.frame.id) this.#world.resolve(context.id)
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => void this.#left(executionContextId))
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === toShell) void this.#heard(JSON.parse(payload) as Said)
    })
    session.on('Page.windowOpen', ({ url }) => {
      this.#mayOpen = this.#wire.call<boolean>('page.opens', this.#id, fromChromium(url)).catch(() => false)
    })
    page.on('popup', (popup) => void this.#refuse(popup))
    await session.send('Runtime.enable')
    await session.send('Page.enable')
    await session.send('Runtime.addBinding', { name: toShell, executionContextName: isolatedWorld })
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(secret) })
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedWorldScript(secret, preload),
      worldName: isolatedWorld,
    })
    // The app may end, or the page go, while it asks for something.
    await page.route('**/*', (route) => this.#answer(route).catch(() => route.abort().catch(() => undefined)))
  }

  /** Chromium opens the window before anybody can be asked; in Electron it never is, and `window.open` answers null. */
  async #refuse(popup: Page): Promise<void> {
    if (!(await this.#mayOpen)) await popup.close()
  }

  /** Requests of the app's own scheme go to its handler; the network is nobody's business here. */
  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const url = request.url()
    if (request.isNavigationRequest() && request.frame().parentFrame() === null && url !== withoutHash(this.#loading)) {
      const isPrevented = await this.#wire.call<boolean>('page.navigates', this.#id, fromChromium(url))
      if (isPrevented) return route.abort('aborted')
    }
    const fetched = await this.#wire.call<Fetched | null>('protocol.fetch', fromChromium(url), request.method())
    if (fetched === null) return route.abort('blockedbyclient')
    return route.fulfill({ ...fetched, body: Buffer.from(fetched.body) })
  }

  async #heard({ id, ...said }: Said): Promise<void> {
    const told = this.#wire.call<unknown>('page.said', this.#id, said, this.#frame())
    if (id === undefined) return void (await told.catch(() => undefined))
    await told.then(
      (value) => this.tell({ type: 'answer', id, value }),
      (thrown: unknown) =>
        this.tell({ type: 'answer', id, error: thrown instanceof Error ? thrown.message : String(thrown) }),
    )
  }

  /** Where the page is, as the main process sees the sender of a message. The preload runs in the top frame only. */
  #frame(): { url: string; parent: null } {
    const frame: Frame = this.page.mainFrame()
    return { url: fromChromium(frame.url()), parent: null }
  }

  async #left(contextId: number): Promise<void> {
    if ((await this.#world.promise) !== contextId) return
    this.#world = Promise.withResolvers()
    await this.#wire.call('page.left', this.#id).catch(() => undefined)
  }

  async #grant(origin: string, permissions: readonly string[]): Promise<void> {
    const names: Readonly<Record<string, string>> = { 'clipboard-sanitized-write': 'clipboard-write' }
    const granted = permissions.map((permission) => names[permission] ?? permission)
    await this.page.context().grantPermissions(granted, { origin })
  }
}

function withoutHash(url: string | null): string | undefined {
  return url?.split('#')[0]
}

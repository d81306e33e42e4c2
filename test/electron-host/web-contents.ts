import { EventEmitter } from 'node:events'
import type { HandlerDetails, WebContents as RealContents, WindowOpenHandlerResponse } from 'electron'
import { ipcMain, type SenderFrame } from './ipc-main.ts'
import { CarriedPorts, type Port } from './message-ports.ts'
import { grantedTo } from './session.ts'
import { testWire } from './test-wire.ts'

export type UsedOfContents =
  'id' | 'inspectElement' | 'isDestroyed' | 'postMessage' | 'send' | 'setWindowOpenHandler' | 'setZoomFactor'
type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse

const all = new Map<number, WebContents>()

/** The page of a window. What it says and is told goes over the test, which holds the page. */
export class WebContents extends EventEmitter implements Pick<RealContents, UsedOfContents> {
  readonly id: number
  readonly #made: Promise<void>
  readonly #onFirstPaint: () => void
  readonly #ports: CarriedPorts
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #isDestroyed = false
  zoom = 1

  constructor(id: number, preload: string, onFirstPaint: () => void) {
    super()
    this.id = id
    this.#onFirstPaint = onFirstPaint
    this.#ports = new CarriedPorts({
      post: (port, data) => this.#tell({ type: 'port', port, data }),
      close: (port) => this.#tell({ type: 'port-closed', port }),
    })
    all.set(id, this)
    this.#made = testWire.call('page.make', id, preload)
  }

  /** Asks no `will-navigate`: that is for what page or person set off. */
  async load(url: string): Promise<void> {
    await this.#made
    await testWire.call('page.load', this.id, url, await grantedTo(url))
    this.#onFirstPaint()
    this.emit('did-finish-load')
  }

  send(channel: string, ...args: unknown[]): void {
    this.#tell({ type: 'message', channel, args, ports: [] })
  }

  /** Like `send`, and with ports. */
  postMessage(channel: string, message: unknown, transfer: Port[] = []): void {
    this.#tell({ type: 'message', channel, args: [message], ports: this.#ports.transfer(transfer) })
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  setZoomFactor(factor: number): void {
    this.zoom = factor
  }

  inspectElement(): void {
    throw new Error('nothing can be inspected here')
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  destroy(): void {
    this.#isDestroyed = true
    this.#ports.closeAll()
    void testWire.call('page.close', this.id).catch(() => undefined)
  }

  /** True when a listener has prevented what would happen by default. */
  emitPreventable(name: string, details: object, ...args: readonly unknown[]): boolean {
    let isPrevented = false
    const preventDefault = () => {
      isPrevented = true
    }
    this.emit(name, { ...details, preventDefault }, ...args)
    return isPrevented
  }

  asksToOpen(url: string): boolean {
    const referrer = { url: '', policy: 'default' } as const
    const details = { url, frameName: '', features: '', disposition: 'new-window', referrer } as const
    return this.#openHandler(details).action === 'allow'
  }

  /** The page was replaced by another one; its ports went with it. */
  pageLeft(): void {
    this.#ports.closeAll()
  }

  heard(message: FromPage, senderFrame: SenderFrame): unknown {
    const event = { sender: this, senderFrame, ports: [] }
    switch (message.type) {
      case 'send':
        return ipcMain.emit(message.channel, event, ...message.args)
      case 'invoke':
        return ipcMain.answer(message.channel, event, message.args)
      case 'port':
        return this.#ports.take(message.port, message.data)
      case 'port-closed':
        return this.#ports.close(message.port)
    }
  }

  #tell(message: ToPage): void {
    if (!this.#isDestroyed) void testWire.call('page.tell', this.id, message).catch(() => undefined)
  }
}

export type ToPage =
  | {
      readonly type: 'message'
      readonly channel: string
      readonly args: readonly unknown[]
      readonly ports: readonly number[]
    }
  | { readonly type: 'port'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly port: number }

export type FromPage =
  | { readonly type: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'invoke'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'port'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly port: number }

const contents = (id: number): WebContents => {
  const found = all.get(id)
  if (found === undefined) throw new Error(`there is no page ${id}`)
  return found
}

testWire.handle('page.said', (id: number, message: FromPage, frame: SenderFrame) => {
  const answer = contents(id).heard(message, frame)
  return message.type === 'invoke' ? answer : undefined
})
testWire.handle('page.left', (id: number) => contents(id).pageLeft())
testWire.handle('page.navigates', (id: number, url: string) => contents(id).emitPreventable('will-navigate', { url }))
testWire.handle('page.opens', (id: number, url: string) => contents(id).asksToOpen(url))

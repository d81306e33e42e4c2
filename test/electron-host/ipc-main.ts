import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainInvokeEvent, WebFrameMain } from 'electron'

/** Who sent a message: the page's frame, as the main process sees it. */
export interface SenderFrame extends Pick<WebFrameMain, 'url'> {
  readonly parent: SenderFrame | null
}

/** What the shell looks at of the event that comes with a message. */
export type IpcEvent = { readonly sender: unknown; readonly senderFrame: SenderFrame | null }

type Answer = Parameters<IpcMain['handle']>[1]

class StandInIpcMain extends EventEmitter implements Pick<IpcMain, 'handle' | 'removeHandler'> {
  readonly #answers = new Map<string, Answer>()

  /** One handler for each channel; a second one is an error. */
  handle(channel: string, answer: Answer): void {
    if (this.#answers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#answers.set(channel, answer)
  }

  removeHandler(channel: string): void {
    this.#answers.delete(channel)
  }

  /** What a page's `invoke` comes to. */
  async answer(channel: string, event: IpcEvent, args: readonly unknown[]): Promise<unknown> {
    const answer = this.#answers.get(channel)
    if (answer === undefined) throw new Error(`No handler registered for '${channel}'`)
    // Sender and frame are the stand-in's own, which lack what nobody asks of them.
    return answer(event as unknown as IpcMainInvokeEvent, ...args)
  }
}

export const ipcMain = new StandInIpcMain()

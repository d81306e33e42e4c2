import { EventEmitter } from 'node:events'

/** Who sent a message: the page's frame, as the main process sees it. */
export interface SenderFrame {
  readonly url: string
  readonly parent: SenderFrame | null
}

export interface IpcEvent {
  readonly sender: unknown
  readonly senderFrame: SenderFrame | null
  readonly ports: readonly unknown[]
}

type Answer = (event: IpcEvent, ...args: never[]) => unknown

class StandInIpcMain extends EventEmitter {
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
    return answer(event, ...(args as never[]))
  }
}

export const ipcMain = new StandInIpcMain()

import type { ChildProcess } from 'node:child_process'

/** What a process can send messages through: a child, or the process itself towards its parent. */
type Channel = Pick<ChildProcess, 'on' | 'send'> | NodeJS.Process

type Handler = (...args: never[]) => unknown

type WireMessage =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }

/**
 * Calls both ways between the main process in its stand-in and the test that holds Chromium. Messages are structured clones (the
 * processes are started with `serialization: 'advanced'`) and keep their order.
 */
export class Wire {
  readonly #channel: Channel
  readonly #handlers = new Map<string, Handler>()
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #last = 0

  constructor(channel: Channel) {
    this.#channel = channel
    channel.on('message', (message: unknown) => void this.#hear(message as WireMessage))
  }

  handle(name: string, handler: Handler): void {
    this.#handlers.set(name, handler)
  }

  /** The type of the answer is as the handler at the other end has it. */
  call<T = void>(name: string, ...args: readonly unknown[]): Promise<T> {
    const id = ++this.#last
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    this.#send({ type: 'call', id, name, args })
    return answer.promise as Promise<T>
  }

  /** The other end is gone: nothing is answered any more. */
  end(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason))
    this.#waiting.clear()
  }

  async #hear(message: WireMessage): Promise<void> {
    if (message.type === 'call') return this.#answer(message)
    if (message.type !== 'answer') return
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error === undefined) waiting?.resolve(message.value)
    else waiting?.reject(new Error(message.error))
  }

  async #answer({ args, id, name }: WireMessage & { type: 'call' }): Promise<void> {
    try {
      const handler = this.#handlers.get(name)
      if (handler === undefined) throw new Error(`nobody answers ${name}`)
      this.#send({ type: 'answer', id, value: await handler(...(args as never[])) })
    } catch (thrown) {
      this.#send({ type: 'answer', id, error: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  #send(message: WireMessage): void {
    // The other side may just have ended; its exit is told elsewhere.
    this.#channel.send?.(message, undefined, undefined, () => undefined)
  }
}

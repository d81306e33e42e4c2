import { join } from 'node:path'
import { Readable } from 'node:stream'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { heapFlags } from '#main/base/heap-flags.ts'
import { loopingAfter, type RelayStatus } from '#shared/contract/shell.ts'
import { LogLines } from './log-lines.ts'
import type { FromRelay, RelayStart, ToRelay } from './relay-messages.ts'
import type { RelaySide } from './relay-side.ts'
import { restartDelayMs, wellAfterMs } from './restart-delay.ts'
import { StatusBoard } from './status-board.ts'

const relayProcess = join(import.meta.dirname, 'relay-process.js')

/**
 * The relay in its own process, so that no window waits for the database. It is started again whenever it ends unasked, with growing
 * waits, for as long as the shell lives: a relay that is down takes in nothing, so nobody should have to notice that first.
 */
export function superviseRelay(start: RelayStart): RelaySide {
  return new Supervisor(start)
}

class Supervisor implements RelaySide {
  readonly #start: RelayStart
  readonly #board = new StatusBoard('starting')
  readonly #lines = new LogLines()
  #ready = awaited()
  #crashes = 0
  #isOver = false
  #isRestarting = false
  #timer: NodeJS.Timeout | undefined
  #child: UtilityProcess | null = null

  constructor(start: RelayStart) {
    this.#start = start
    this.#launch()
  }

  get status(): RelayStatus {
    return this.#board.status
  }

  onStatus(listener: (status: RelayStatus) => void): () => void {
    return this.#board.listen(listener)
  }

  async openLine(): Promise<MessagePortMain> {
    await this.#ready.promise
    const { port1, port2 } = new MessageChannelMain()
    this.#tell({ type: 'connect' }, [port1])
    return port2
  }

  lines(): readonly string[] {
    return this.#lines.all
  }

  restart(): void {
    // One that was stopped for an update that did not come about goes on.
    if (this.#board.status.phase === 'stopped') this.#isOver = false
    if (this.#isOver || this.#isRestarting) return
    this.#crashes = 0
    if (this.#child === null) return this.#launch()
    this.#isRestarting = true
    this.#board.set({ phase: 'stopping', sentence: 'Then it starts again.' })
    this.#tell({ type: 'stop' })
  }

  suspend(): void {
    this.#tell({ type: 'suspend' })
  }

  resume(): void {
    this.#tell({ type: 'resume' })
  }

  async stop(): Promise<void> {
    this.#end()
    const child = this.#child
    if (child !== null) {
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      this.#board.set({ phase: 'stopping' })
      this.#tell({ type: 'stop' })
      await exited
    }
    this.#board.set({ phase: 'stopped' })
  }

  kill(): void {
    this.#end()
    this.#child?.kill()
  }

  #end(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#ready.reject(new Error('This relay was ended.'))
  }

  #launch(): void {
    clearTimeout(this.#timer)
    const startedAt = performance.now()
    // Of the arguments only this switch is read before the process has its heap.
    const execArgv = [`--js-flags=${heapFlags.join(' ')}`]
    const child = utilityProcess.fork(relayProcess, [], {
      serviceName: 'Patchbay relay',
      execArgv,
      stdio: ['ignore', 'inherit', 'pipe'],
    })
    this.#child = child
    const { stderr } = child
    if (stderr instanceof Readable) this.#lines.follow(stderr, (text) => process.stderr.write(text))
    child.on('message', (message: FromRelay) => this.#hear(message))
    child.once('exit', (code) => this.#ended(code, performance.now() - startedAt))
    this.#board.set({ phase: 'starting', crashes: this.#crashes })
    this.#tell({ type: 'start', ...this.#start })
  }

  #hear(message: FromRelay): void {
    if (message.type !== 'ready') return this.#board.set({ phase: message.type, sentence: message.sentence })
    this.#board.set({ phase: 'ready', crashes: this.#crashes })
    this.#ready.resolve()
  }

  #ended(code: number, lastedMs: number): void {
    this.#child = null
    if (this.#isOver) return
    this.#lines.add(`The relay's process has ended with code ${code} after ${Math.round(lastedMs / 1_000)} s.`)
    if (this.#board.status.phase === 'ready' || this.#isRestarting) this.#ready = awaited()
    if (this.#isRestarting) {
      this.#isRestarting = false
      return this.#launch()
    }
    this.#crashes = lastedMs > wellAfterMs ? 1 : this.#crashes + 1
    const waitMs = restartDelayMs(this.#crashes)
    this.#timer = setTimeout(() => this.#launch(), waitMs)
    this.#board.set({
      phase: 'waiting',
      crashes: this.#crashes,
      nextStartAt: Date.now() + waitMs,
      sentence:
        this.#crashes < loopingAfter ? null : `It has ended ${this.#crashes} times in a row, soon after its start.`,
    })
  }

  #tell(message: ToRelay, ports: MessagePortMain[] = []): void {
    this.#child?.postMessage(message, ports)
  }
}

/** A promise that may be rejected although nobody waits for it. */
function awaited(): PromiseWithResolvers<void> {
  const made = Promise.withResolvers<void>()
  made.promise.catch(() => undefined)
  return made
}

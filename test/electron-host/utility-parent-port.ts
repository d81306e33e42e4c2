/** Loaded first in a utility process: gives it `process.parentPort`, and ports that were transferred to it. */
import { EventEmitter } from 'node:events'
import type { MessagePortMain, ParentPort as RealParentPort } from 'electron'
import type { FromUtility, ToUtility } from './utility-messages.ts'

const ports = new Map<number, TransferredPort>()

/** A port whose other end is in another process; what comes before `start` waits. */
class TransferredPort extends EventEmitter implements Pick<MessagePortMain, 'close' | 'postMessage' | 'start'> {
  readonly #id: number
  #waiting: unknown[] | null = []

  constructor(id: number) {
    super()
    this.#id = id
  }

  postMessage(data: unknown): void {
    tell({ type: 'port', port: this.#id, data })
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.emit('message', { data, ports: [] })
  }

  close(): void {
    ports.delete(this.#id)
    tell({ type: 'port-closed', port: this.#id })
  }

  take(data: unknown): void {
    if (this.#waiting !== null) this.#waiting.push(data)
    else this.emit('message', { data, ports: [] })
  }
}

class ParentPort extends EventEmitter implements Pick<RealParentPort, 'postMessage'> {
  postMessage(data: unknown): void {
    tell({ type: 'message', data })
  }
}

const parentPort = new ParentPort()
Object.defineProperty(process, 'parentPort', { value: parentPort })

process.on('message', (message: ToUtility) => {
  if (message.type === 'port') ports.get(message.port)?.take(message.data)
  else if (message.type === 'port-closed') {
    ports.get(message.port)?.emit('close')
    ports.delete(message.port)
  } else {
    const received = message.ports.map((id) => {
      const port = new TransferredPort(id)
      ports.set(id, port)
      return port
    })
    parentPort.emit('message', { data: message.data, ports: received })
  }
})
// The main process is gone.
process.on('disconnect', () => process.exit(1))

function tell(message: FromUtility): void {
  process.send?.(message, undefined, undefined, () => undefined)
}

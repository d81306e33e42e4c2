import { EventEmitter } from 'node:events'
import type { MessageChannelMain as RealChannel, MessagePortMain } from 'electron'

/** Takes messages to where a port was transferred: another process, or a page. */
export interface Carrier {
  post(id: number, data: unknown): void
  close(id: number): void
}

let lastId = 0

/**
 * One end of a channel. What comes before `start` waits; `close` is told to the other end. A port that was transferred can't be used here
 * any more: what its other end says is carried to where it went.
 */
export class Port extends EventEmitter implements Pick<MessagePortMain, 'close' | 'postMessage' | 'start'> {
  other: Port | null = null
  #waiting: unknown[] | null = []
  #isClosed = false
  #remote: { readonly id: number; readonly carrier: Carrier } | null = null

  postMessage(data: unknown): void {
    if (this.#remote !== null) throw new Error('This port was transferred.')
    // A message is a copy.
    this.other?.take(structuredClone(data))
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.emit('message', { data, ports: [] })
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.other?.closed()
  }

  /** Something came from the other end. */
  take(data: unknown): void {
    if (this.#isClosed) return
    if (this.#remote !== null) this.#remote.carrier.post(this.#remote.id, data)
    else if (this.#waiting !== null) this.#waiting.push(data)
    // As between processes, it arrives in a turn of its own.
    else setImmediate(() => this.emit('message', { data, ports: [] }))
  }

  /** The other end was closed. */
  closed(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#remote !== null) this.#remote.carrier.close(this.#remote.id)
    else setImmediate(() => this.emit('close'))
  }

  /** Gives this end away; answers with its name at the carrier. */
  transferTo(carrier: Carrier): number {
    const id = ++lastId
    this.#remote = { id, carrier }
    for (const data of this.#waiting ?? []) carrier.post(id, data)
    this.#waiting = null
    return id
  }
}

export class MessageChannelMain implements Pick<RealChannel, 'port1' | 'port2'> {
  readonly port1 = new Port()
  readonly port2 = new Port()

  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

/** The ports that were transferred to one place, by their names there. */
export class CarriedPorts {
  readonly #carrier: Carrier
  readonly #ports = new Map<number, Port>()

  constructor(carrier: Carrier) {
    this.#carrier = carrier
  }

  transfer(ports: readonly Port[]): number[] {
    return ports.map((port) => {
      const id = port.transferTo(this.#carrier)
      this.#ports.set(id, port)
      return id
    })
  }

  /** The place said something on a port. */
  take(id: number, data: unknown): void {
    this.#ports.get(id)?.other?.take(data)
  }

  close(id: number): void {
    this.#ports.get(id)?.other?.closed()
    this.#ports.delete(id)
  }

  /** The place is gone, and with it every port. */
  closeAll(): void {
    for (const id of this.#ports.keys()) this.close(id)
  }
}

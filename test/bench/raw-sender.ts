import { connect, type Socket } from 'node:net'

/**
 * One kept connection that sends requests made ready before, one after the other.
 *
 * A full HTTP client takes about as long for a request as a server does, and the two share the machine: the client would be measured.
 * This one reads of an answer only its status and where it ends.
 */
export class RawSender {
  readonly #socket: Socket
  #answer = ''
  #resolve: ((status: number) => void) | null = null
  #reject: ((error: Error) => void) | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true).setEncoding('latin1')
    socket.on('data', (part: string) => this.#take(part))
    socket.on('error', (error) => this.#reject?.(error))
    socket.on('close', () => this.#reject?.(new Error('The connection was closed in the middle of a request.')))
  }

  static async open(port: number): Promise<RawSender> {
    const socket = connect({ host: '127.0.0.1', port })
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new RawSender(socket)
  }

  /** Answers with the status. Rejects when the connection breaks off. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#reject = null
    this.#socket.destroy()
  }

  #take(part: string): void {
    this.#answer = this.#answer === '' ? part : this.#answer + part
    if (!isWhole(this.#answer)) return
    const status = Number(this.#answer.slice(9, 12))
    this.#answer = ''
    this.#resolve?.(status)
  }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /content-length: *(\d+)/i.exec(answer.slice(0, end))?.[1]
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= end + 4 + Number(length)
}

/** A POST as it goes over the wire. */
export function rawRequest(path: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Kinds of messages from a client, and the one kind that a server answers with ([MS-TDS] 2.2.3.1.1). */
export const messageType = {
  batch: 0x01,
  rpc: 0x03,
  answer: 0x04,
  attention: 0x06,
  login: 0x10,
  prelogin: 0x12,
} as const

export interface Message {
  readonly type: number
  readonly payload: Buffer
}

const headerLength = 8
const lastPacket = 0x01
/** What a client may send in one message before it is taken for a broken one. */
const maxMessageBytes = 8 * 1024 * 1024

/** Cuts an answer into packets of at most `packetSize` bytes. */
export function toPackets(payload: Buffer, packetSize: number): Buffer {
  const room = packetSize - headerLength
  const packets: Buffer[] = []
  let number = 0
  for (let at = 0; at < payload.length || at === 0; at += room) {
    const part = payload.subarray(at, at + room)
    const header = Buffer.alloc(headerLength)
    header.writeUInt8(messageType.answer, 0)
    header.writeUInt8(at + room >= payload.length ? lastPacket : 0, 1)
    header.writeUInt16BE(part.length + headerLength, 2)
    header.writeUInt8(++number % 256, 6)
    packets.push(header, part)
  }
  return Buffer.concat(packets)
}

/** Puts messages together from bytes that come in any portions. Throws a RangeError for what is no TDS. */
export class PacketAssembler {
  #waiting = Buffer.alloc(0)
  #parts: Buffer[] = []
  #size = 0

  add(bytes: Buffer): Message[] {
    this.#waiting = Buffer.concat([this.#waiting, bytes])
    const messages: Message[] = []
    while (this.#waiting.length >= headerLength) {
      const length = this.#waiting.readUInt16BE(2)
      if (length < headerLength) throw new RangeError('not a TDS packet')
      if (this.#waiting.length < length) break
      const message = this.#addPacket(this.#waiting.subarray(0, length))
      this.#waiting = this.#waiting.subarray(length)
      if (message !== null) messages.push(message)
    }
    return messages
  }

  #addPacket(packet: Buffer): Message | null {
    this.#parts.push(packet.subarray(headerLength))
    this.#size += packet.length
    if (this.#size > maxMessageBytes) throw new RangeError('the message is too large')
    if ((packet.readUInt8(1) & lastPacket) === 0) return null
    const payload = Buffer.concat(this.#parts)
    this.#parts = []
    this.#size = 0
    return { type: packet.readUInt8(0), payload }
  }
}

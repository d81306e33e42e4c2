/** Little-endian pieces of a TDS message ([MS-TDS] 2.2.5.1); a token is these, one after the other. */

export function u8(value: number): Buffer {
  return Buffer.from([value])
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

export function i32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

export function i64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return bytes
}

/** Text of up to 255 characters with its length in one byte (B_VARCHAR). */
export function shortText(text: string): Buffer {
  const cut = text.slice(0, 255)
  return Buffer.concat([u8(cut.length), Buffer.from(cut, 'utf16le')])
}

/** Text with its length in two bytes (US_VARCHAR). */
export function longText(text: string): Buffer {
  return Buffer.concat([u16(text.length), Buffer.from(text, 'utf16le')])
}

/** Reads a message from front to back; reading past its end throws a RangeError, as for every broken message. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('the message ends too early')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  u8(): number {
    return this.take(1).readUInt8()
  }

  u16(): number {
    return this.take(2).readUInt16LE()
  }

  u32(): number {
    return this.take(4).readUInt32LE()
  }

  u64(): bigint {
    return this.take(8).readBigUInt64LE()
  }

  text(characters: number): string {
    return this.take(characters * 2).toString('utf16le')
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at)
  }
}

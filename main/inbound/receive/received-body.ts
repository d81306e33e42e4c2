import type { InputType, ZlibOptions } from 'node:zlib'
import { gunzip, inflate } from 'node:zlib'
import { promisify } from 'node:util'
import { decodeText, parseJson } from '#main/inbound/parse/json-text.ts'
import { accepted, refused } from '#main/inbound/parse/reason.ts'
import type { Checked } from '#main/inbound/parse/reason.ts'
import { toError } from '#main/base/errors.ts'
import type { Json } from '#shared/domain/record.ts'

/** A request's body in the forms it takes on its way: as sent, unpacked, as text, as JSON. Each is made once, when first asked for. */
export class ReceivedBody {
  /** Exactly as sent: what signatures are over. */
  readonly raw: Buffer
  readonly #encoding: string
  readonly #maxBytes: number
  #bytes: Promise<Checked<Buffer>> | undefined
  #text: Promise<Checked<string>> | undefined
  #json: Promise<Checked<Json>> | undefined

  constructor(raw: Buffer, encoding: string | undefined, maxBytes: number) {
    this.raw = raw
    this.#encoding = (encoding ?? 'identity').trim().toLowerCase()
    this.#maxBytes = maxBytes
  }

  /** Unpacked, if it was packed; never more than the bytes that may be sent plain. */
  bytes(): Promise<Checked<Buffer>> {
    return (this.#bytes ??= this.#encoding === 'identity' ? Promise.resolve(accepted(this.raw)) : unpack(this.raw, this.#encoding, this.#maxBytes))
  }

  text(): Promise<Checked<string>> {
    return (this.#text ??= this.bytes().then((bytes) => (bytes.ok ? decodeText(bytes.value) : bytes)))
  }

  json(): Promise<Checked<Json>> {
    return (this.#json ??= this.text().then((text) => (text.ok ? parseJson(text.value) : text)))
  }
}

const unpackers: Readonly<Record<string, (bytes: InputType, options: ZlibOptions) => Promise<Buffer>>> = {
  gzip: promisify(gunzip) as (bytes: InputType, options: ZlibOptions) => Promise<Buffer>,
  deflate: promisify(inflate) as (bytes: InputType, options: ZlibOptions) => Promise<Buffer>,
}

async function unpack(raw: Buffer, encoding: string, maxBytes: number): Promise<Checked<Buffer>> {
  const unpacker = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined
  if (unpacker === undefined) return refused(415, 'bad-shape', `The body is packed as "${encoding.slice(0, 40)}"; gzip and deflate can be read.`)
  try {
    return accepted(await unpacker(raw, { maxOutputLength: maxBytes }))
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') return refused(413, 'too-large', `The body unpacks to more than ${maxBytes.toLocaleString('en')} bytes.`)
    return refused(400, 'bad-shape', `The body can't be unpacked (${encoding}): ${toError(error).message}.`)
  }
}

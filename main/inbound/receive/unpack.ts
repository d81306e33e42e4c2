import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import type { InputType, ZlibOptions } from 'node:zlib'
import { toError } from '#main/base/errors.ts'
import { accepted, refused } from '#main/inbound/parse/reason.ts'
import type { Checked } from '#main/inbound/parse/reason.ts'

type Unpacker = (bytes: InputType, options: ZlibOptions) => Promise<Buffer>

const unpackers: ReadonlyMap<string, Unpacker> = new Map<string, Unpacker>([
  ['gzip', promisify<InputType, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<InputType, ZlibOptions, Buffer>(inflate)],
])

/**
 * Undoes a request's `content-encoding`; what it unpacks to may not be larger than what may be sent plain.
 * Signatures are over the body as sent, so this comes after them wherever they don't need the content.
 */
export async function unpack(raw: Buffer, encoding: string, maxBytes: number): Promise<Checked<Buffer>> {
  const name = encoding.trim().toLowerCase()
  if (name === 'identity' || name === '') return accepted(raw)
  const unpacker = unpackers.get(name)
  if (unpacker === undefined) {
    return refused(415, 'bad-shape', `The body is packed as "${name.slice(0, 40)}"; gzip and deflate can be read.`)
  }
  try {
    return accepted(await unpacker(raw, { maxOutputLength: maxBytes }))
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      return refused(413, 'too-large', `The body unpacks to more than ${maxBytes.toLocaleString('en')} bytes.`)
    }
    return refused(400, 'bad-shape', `The body can't be unpacked (${name}): ${toError(error).message}.`)
  }
}

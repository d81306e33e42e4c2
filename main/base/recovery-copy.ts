import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import * as z from 'zod'

/** Bytes that one try may take (scrypt takes `128 * n * r`): a file that was tampered with must not fill the machine's memory. */
const mostBytes = 256 * 1024 * 1024

/** What a try costs in scrypt; `n` is a power of two. */
const cost = z.object({
  n: z.int().refine((n) => n > 1 && Number.isInteger(Math.log2(n))),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(8),
})
export type RecoveryCost = z.infer<typeof cost>

/** A copy of the data key that a passphrase opens. The parameters stand beside it, so that later copies may cost more. */
export const recoveryCopy = z.object({
  version: z.literal(1),
  kdf: z
    .object({ name: z.literal('scrypt'), ...cost.shape, salt: z.base64() })
    .refine(({ n, r }) => 128 * n * r <= mostBytes),
  /** AES-256-GCM, in base64. */
  nonce: z.base64(),
  tag: z.base64(),
  sealed: z.base64(),
  /** ms since 1970 */
  setAt: z.number(),
})
export type RecoveryCopy = z.infer<typeof recoveryCopy>

/** 128 MB and about half a second for each guess (OWASP's first choice for scrypt). */
const usualCost: RecoveryCost = { n: 2 ** 17, r: 8, p: 1 }

/** Closes a copy of the key with a passphrase. */
export async function closeCopy(
  key: Uint8Array,
  passphrase: string,
  setAt: number,
  price: RecoveryCost = usualCost,
): Promise<RecoveryCopy> {
  const kdf = { name: 'scrypt' as const, ...price, salt: randomBytes(16).toString('base64') }
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, kdf), nonce).setAAD(boundTo(kdf, setAt))
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  const text = (bytes: Buffer): string => bytes.toString('base64')
  return { version: 1, kdf, nonce: text(nonce), tag: text(cipher.getAuthTag()), sealed: text(sealed), setAt }
}

/** The key in a copy; null when the passphrase is another one, or anything in the copy was changed: the two can't be told apart. */
export async function openCopy(copy: RecoveryCopy, passphrase: string): Promise<Buffer | null> {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
  const tag = bytes(copy.tag)
  const nonce = bytes(copy.nonce)
  // A shorter tag would be easier to forge, and is never one of ours.
  if (tag.byteLength !== 16 || nonce.byteLength !== 12) return null
  const wrapping = await keyOf(passphrase, copy.kdf)
  const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce).setAAD(boundTo(copy.kdf, copy.setAt))
  try {
    decipher.setAuthTag(tag)
    const key = Buffer.concat([decipher.update(bytes(copy.sealed)), decipher.final()])
    return key.byteLength === 32 ? key : null
  } catch {
    return null
  }
}

/** What two keyboards may write differently is the same passphrase, and so is one that was copied with a space at its end. */
export function plainPassphrase(typed: string): string {
  return typed.normalize('NFKC').trim()
}

function keyOf(passphrase: string, { n, r, p, salt }: RecoveryCopy['kdf']): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const options = { N: n, r, p, maxmem: 128 * r * (n + p + 2) }
  scrypt(plainPassphrase(passphrase), Buffer.from(salt, 'base64'), 32, options, (error, key) =>
    error === null ? resolve(key) : reject(error),
  )
  return promise
}

/** What stands open in the copy is bound to what is closed. */
function boundTo({ name, n, r, p, salt }: RecoveryCopy['kdf'], setAt: number): Buffer {
  return Buffer.from(JSON.stringify(['patchbay-recovery', 1, name, n, r, p, salt, setAt]))
}

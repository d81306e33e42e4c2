import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Makes a key of a secret once, so that each signature costs no more than the hashing. */
export function hmacKey(secret: string | Buffer): KeyObject {
  return createSecretKey(typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret)
}

/**
 * The key of ConnectWise signatures: the SHA-256 of the signing key, as 32 raw bytes.
 * Source: ConnectWise developer guide, "Callbacks: verifying the signature".
 */
export function callbackHmacKey(signingKey: Buffer): KeyObject {
  return hmacKey(hash('sha256', signingKey, 'buffer'))
}

/** Base64 HMAC-SHA256 of the bytes as they were sent. */
export function sign(key: KeyObject, bytes: Uint8Array): string {
  return createHmac('sha256', key).update(bytes).digest('base64')
}

/**
 * Compares two base64 signatures in constant time.
 *
 * On their text: base64 decoders skip what they don't know and ignore spare bits, so different texts could decode to equal bytes.
 * The length is no secret.
 */
export function sameSignature(given: string, expected: string): boolean {
  return (
    given.length === expected.length && timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(expected, 'latin1'))
  )
}

/** Compares two secrets of any length in constant time. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'))
}

import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { closeCopy, openCopy, plainPassphrase, recoveryCopy, type RecoveryCopy } from '#main/base/recovery-copy.ts'

/** Cheap, so that many can be tried. */
const cheap = { n: 2, r: 1, p: 1 }
const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const passphrase = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })

it('opens with the passphrase that closed it, whatever that is, also after a way through JSON', async () => {
  await fc.assert(
    fc.asyncProperty(key, passphrase, async (bytes, words) => {
      const copy = recoveryCopy.parse(JSON.parse(JSON.stringify(await closeCopy(bytes, words, 1, cheap))))
      expect(await openCopy(copy, words)).toEqual(Buffer.from(bytes))
    }),
  )
})

it('opens with no other', async () => {
  await fc.assert(
    fc.asyncProperty(key, passphrase, passphrase, async (bytes, words, others) => {
      fc.pre(plainPassphrase(words) !== plainPassphrase(others))
      expect(await openCopy(await closeCopy(bytes, words, 1, cheap), others)).toBeNull()
    }),
  )
})

it('takes what two keyboards write differently for the same', async () => {
  const copy = await closeCopy(randomBytes(32), 'Müller’s café  ', 1, cheap)
  expect(await openCopy(copy, 'Mu\u0308ller’s cafe\u0301')).not.toBeNull()
})

/** Every text of a copy that is base64, by the way to change it. */
const places: readonly (readonly [string, (copy: RecoveryCopy, change: (text: string) => string) => RecoveryCopy])[] = [
  ['salt', (copy, change) => ({ ...copy, kdf: { ...copy.kdf, salt: change(copy.kdf.salt) } })],
  ['nonce', (copy, change) => ({ ...copy, nonce: change(copy.nonce) })],
  ['tag', (copy, change) => ({ ...copy, tag: change(copy.tag) })],
  ['sealed', (copy, change) => ({ ...copy, sealed: change(copy.sealed) })],
]

it.each(places)('notices one flipped bit in %s', async (_name, alter) => {
  await fc.assert(
    fc.asyncProperty(key, fc.nat(), fc.nat({ max: 7 }), async (bytes, at, bit) => {
      const copy = await closeCopy(bytes, 'a passphrase', 1, cheap)
      expect(await openCopy(alter(copy, flip(at, bit)), 'a passphrase')).toBeNull()
    }),
    { numRuns: 50 },
  )
})

function flip(at: number, bit: number): (text: string) => string {
  return (text) => {
    const bytes = Buffer.from(text, 'base64')
    const place = at % bytes.byteLength
    bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
    return bytes.toString('base64')
  }
}

it('notices a changed time, and a tag that was cut short', async () => {
  const copy = await closeCopy(randomBytes(32), 'a passphrase', 1, cheap)
  expect(await openCopy({ ...copy, setAt: 2 }, 'a passphrase')).toBeNull()
  const short = Buffer.from(copy.tag, 'base64').subarray(0, 8).toString('base64')
  expect(await openCopy({ ...copy, tag: short }, 'a passphrase')).toBeNull()
})

it('costs a guesser 128 MB unless told otherwise, and refuses a file that would cost this machine gigabytes', async () => {
  const copy = await closeCopy(randomBytes(32), 'a passphrase', 1)
  expect(copy.kdf).toMatchObject({ name: 'scrypt', n: 131_072, r: 8, p: 1 })
  expect(recoveryCopy.safeParse({ ...copy, kdf: { ...copy.kdf, n: 2 ** 24 } }).success).toBe(false)
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bodyPiece } from '#main/store/read/body-text.ts'

/** All pieces of a body, as somebody reads it who asks for `most` bytes at a time. */
function pieces(body: Uint8Array, most: number): string[] {
  const texts: string[] = []
  for (let from: number | null = 0; from !== null;) {
    const piece = bodyPiece(body.subarray(from, from + most), from, body.length)
    texts.push(piece.text)
    from = piece.next
  }
  return texts
}

it('cuts between characters, never in one, and loses none', () => {
  expect(pieces(new TextEncoder().encode('aä€😀z'), 4)).toEqual(['aä', '€', '😀', 'z'])
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 4, max: 20 }), (text, most) => {
      const whole = new TextDecoder().decode(new TextEncoder().encode(text))
      expect(pieces(new TextEncoder().encode(text), most).join('')).toBe(whole)
    }),
  )
})

it('comes to an end with bytes that are no text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(pieces(bytes, 4).length).toBeLessThanOrEqual(Math.max(1, bytes.length))
    }),
  )
  expect(pieces(new Uint8Array(), 4)).toEqual([''])
})

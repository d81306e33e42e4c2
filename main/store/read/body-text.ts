/** Characters of a body that a detail view carries. */
export const excerptLength = 65_536

/** Bytes that surely hold that many characters: UTF-8 takes at most three for each UTF-16 unit. */
export const excerptBytes = excerptLength * 3 + 4

/** A body as text. Bytes that are not UTF-8 appear as the replacement character. */
export function bodyText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** The first characters of a body of which `bytes` is the beginning; never ends in half a character. */
export function bodyExcerpt(
  bytes: Uint8Array,
  size: number,
): { readonly body: string; readonly bodyTruncated: boolean } {
  const whole = bytes.length >= size
  const text = new TextDecoder().decode(bytes, { stream: !whole })
  if (whole && text.length <= excerptLength) return { body: text, bodyTruncated: false }
  const cut = text.slice(0, excerptLength)
  const last = cut.charCodeAt(cut.length - 1)
  const halved = last >= 0xd800 && last <= 0xdbff
  return { body: halved ? cut.slice(0, -1) : cut, bodyTruncated: true }
}

export interface BodyPiece {
  readonly text: string
  /** Where the next piece begins; null at the end. */
  readonly next: number | null
  /** Bytes of the whole body. */
  readonly size: number
}

/** The piece of a body that begins at byte `from`; what of its last character is missing comes with the next piece. */
export function bodyPiece(bytes: Uint8Array, from: number, size: number): BodyPiece {
  const isLast = from + bytes.length >= size
  const length = isLast ? bytes.length : wholeLength(bytes)
  // A mark at the beginning of a piece is a part of the text, unless the piece is the first.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: from > 0 })
  return { text: decoder.decode(bytes.subarray(0, length)), next: isLast ? null : from + length, size }
}

/** Bytes up to the last character that is whole. What is no UTF-8 is not waited for. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length - 1); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0b1100_0000) === 0b1000_0000) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

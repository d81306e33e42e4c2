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

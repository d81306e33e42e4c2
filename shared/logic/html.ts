const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  euro: '€',
  pound: '£',
  times: '×',
}

function decodeEntity(whole: string, body: string): string {
  if (!body.startsWith('#')) return named[body] ?? whole
  const code = /^#x/iu.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10)
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : whole
}

const hidden = /<(script|style|head|title|template)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/giu
const lineEnding = /<(?:br|hr)\b[^>]*>|<\/(?:p|div|li|tr|h[1-6]|blockquote|pre|table|ul|ol)\s*>/giu
const tag = /<!--[\s\S]*?(?:-->|$)|<\/?[a-z][^<>]*>|<![a-z][^<>]*>/giu

/**
 * Reads text out of HTML: what scripts and styles hold is dropped, tags go, line breaks stay, entities are decoded.
 * Text without any tag passes as it is, also with a lone `<` in it. The result is plain text, not safe HTML.
 */
export function htmlToText(html: string): string {
  const text = html
    .replace(hidden, '')
    .replace(lineEnding, '\n')
    .replace(/<li\b[^>]*>/giu, '- ')
    .replace(tag, '')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/giu, decodeEntity)
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\S\n]+\n/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
}

/** One line: every run of white space becomes a single space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/** Lines end in `\n` alone and carry no white space at their ends; no empty lines around the text. */
export function manyLines(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/gu, '\n')
    .replace(/[^\S\n]+\n/gu, '\n')
    .trim()
}

/**
 * Cuts text to `limit` UTF-16 units, which is what both systems count, with an ellipsis as the last one. Never
 * splits a surrogate pair; text that was cut before is left as it is.
 */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text
  const kept = text.slice(0, Math.max(limit - 1, 0))
  const whole = /[\uD800-\uDBFF]$/u.test(kept) ? kept.slice(0, -1) : kept
  return limit < 1 ? '' : `${whole.trimEnd()}…`
}

import type { Json, Values } from '#shared/domain/record.ts'

/** Fields that people look for a record by, besides its name: numbers, addresses, domains. By the end of their names, in small letters. */
const soughtEnds = [
  'number',
  'email',
  'mail',
  'website',
  'domain',
  'identifier',
  'name',
  'subject',
  'summary',
  'phone',
  '__c',
]

/** Characters of one value that are indexed: a sentence, not a book. */
const longestValue = 200

/** Words of one record that are indexed at the most. */
const mostWords = 200

/** The words that a record is found by: its ids, title, and what its numbers, addresses and domains say. */
export function wordsOf(id: string, title: string | null, values: Values): string[] {
  const sought = Object.entries(values).flatMap(([field, value]) => (isSought(field) ? textOf(value) : []))
  return [id, ...(isLongId(id) ? [id.slice(0, 15)] : []), ...(title === null ? [] : [title]), ...sought]
}

/** Words of several texts, each once, in the order of their first appearance. */
export function joinWords(texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.split(/\s+/u)).filter((word) => word !== '')
  return [...new Set(words)].slice(0, mostWords).join(' ')
}

/** A search text as a query of SQLite's full-text index: all words have to begin so; null when there is nothing to look for. */
export function wordQuery(text: string): string | null {
  const words = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  if (words.length === 0) return null
  // What looks like the long form of a Salesforce id is looked for by its first fifteen characters, which alone tell it.
  const terms = words.map((word) => (isLongId(word) ? word.slice(0, 15) : word.replace(/^www\./iu, '')))
  return terms.map((term) => `"${term.replaceAll('"', '""')}"*`).join(' ')
}

function isLongId(text: string): boolean {
  return /^(?=.*\d)[a-z0-9]{15}[a-z0-5]{3}$/iu.test(text)
}

function isSought(field: string): boolean {
  const name = field.toLowerCase()
  return soughtEnds.some((end) => name.endsWith(end))
}

function textOf(value: Json): string[] {
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'string' || value.trim() === '') return []
  return [value.slice(0, longestValue).replace(/^https?:\/\/(?:www\.)?/iu, '')]
}

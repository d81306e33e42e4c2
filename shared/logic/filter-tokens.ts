/** One part of a typed filter: a word, or a value under a key. Places are offsets in the text. */
export interface FilterToken {
  readonly at: number
  readonly end: number
  readonly isNegated: boolean
  /** As typed; null for a word. */
  readonly key: string | null
  readonly valueAt: number
  /** Without quotes. */
  readonly value: string
  /** A quote was opened and never closed. */
  readonly isOpen: boolean
}

const keyThere = /[a-z]+:/iy
const bareThere = /\S+/y
/** A doubled quote stands for one. */
const quotedThere = /"((?:[^"]|"")*)("?)/y

/** Takes a typed filter apart. */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = []
  for (let at = nextAfterSpace(text, 0); at < text.length; at = nextAfterSpace(text, at)) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

/** The words of a plain text, in which keys mean nothing: by spaces, except inside quotes. */
export function searchWords(text: string): string[] {
  const words: string[] = []
  for (let at = nextAfterSpace(text, 0); at < text.length; at = nextAfterSpace(text, at)) {
    const value = valueAt(text, at)
    const word = value.isOpen ? bareAt(text, at) : value
    if (word.value !== '') words.push(word.value)
    at = word.end
  }
  return words
}

/** A word or value as it has to be typed to be read as what it is. */
export function quoteWord(word: string): string {
  const isPlain = /^[^\s"-]\S*$/.test(word) && !/^[a-z]+:/i.test(word)
  return isPlain ? word : quoted(word)
}

/** The same for what stands under a key. */
export function quoteValue(value: string): string {
  return /^[^\s"]\S*$/.test(value) ? value : quoted(value)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function tokenAt(text: string, at: number): FilterToken {
  const isNegated = text[at] === '-' && /\S/.test(text[at + 1] ?? ' ')
  const keyAt = isNegated ? at + 1 : at
  const typed = match(keyThere, text, keyAt)?.[0]
  const start = keyAt + (typed?.length ?? 0)
  const { value, end, isOpen } = valueAt(text, start)
  return { at, end, isNegated, key: typed === undefined ? null : typed.slice(0, -1), valueAt: start, value, isOpen }
}

interface Value {
  readonly value: string
  readonly end: number
  readonly isOpen: boolean
}

function valueAt(text: string, at: number): Value {
  const found = match(quotedThere, text, at)
  if (found === null) return bareAt(text, at)
  const [all, inside = '', closing] = found
  return { value: inside.replaceAll('""', '"'), end: at + all.length, isOpen: closing === '' }
}

function bareAt(text: string, at: number): Value {
  const value = match(bareThere, text, at)?.[0] ?? ''
  return { value, end: at + value.length, isOpen: false }
}

function nextAfterSpace(text: string, at: number): number {
  const space = match(/\s+/y, text, at)
  return at + (space?.[0].length ?? 0)
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

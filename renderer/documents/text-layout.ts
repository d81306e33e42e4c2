import { scanJson } from './json-scan.ts'
import type { Layout, TextRow } from './rows.ts'

/** Lines are never broken into pieces narrower than this, however deep they stand. */
const narrowest = 24
/** Levels that are shown by indenting; what stands deeper stands below these. */
const deepest = 30

/** Text in lines of a width, each a piece of the original text: nothing is copied, and nothing is changed. */
export class TextLayout implements Layout {
  readonly #text: string
  readonly #columns: number
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #depths: number[] = []
  /** 0 for what continues a line. */
  readonly #lines: number[] = []
  #lineCount = 0
  #lower: string | null = null

  constructor(text: string, columns: number) {
    this.#text = text
    this.#columns = columns
  }

  get count(): number {
    return this.#starts.length
  }

  /** Adds the characters from `start` to `end` as a line. */
  add(depth: number, start: number, end: number): void {
    this.#lineCount += 1
    const indent = Math.min(depth, deepest)
    const width = Math.max(narrowest, this.#columns - 2 * indent)
    let from = start
    do {
      this.#lines.push(from === start ? this.#lineCount : 0)
      this.#starts.push(from)
      this.#ends.push(Math.min(end, from + width))
      this.#depths.push(indent)
      from += width
    } while (from < end)
  }

  slice(from: number, to: number): TextRow[] {
    const rows: TextRow[] = []
    for (let row = Math.max(0, from); row < Math.min(to, this.count); row += 1) {
      const line = this.#lines[row] ?? 0
      rows.push({ kind: 'text', line: line === 0 ? null : line, text: this.textOf(row) })
    }
    return rows
  }

  textOf(row: number): string {
    const piece = this.#text.slice(this.#starts[row], this.#ends[row])
    return `${'  '.repeat(this.#depths[row] ?? 0)}${piece.replace(/[\t\r\n]/g, ' ')}`
  }

  find(words: string, from: number): number | null {
    const wanted = words.toLowerCase()
    this.#lower ??= this.#text.toLowerCase()
    // A few letters change their length with their case; then places would be off, and the case has to match.
    const text = this.#lower.length === this.#text.length ? this.#lower : this.#text
    const after = this.#ends[from] ?? 0
    const at = text.indexOf(wanted, after)
    const place = at === -1 ? text.indexOf(wanted) : at
    return place === -1 ? null : this.#rowAt(place)
  }

  /** The last row that begins at or before a place. */
  #rowAt(place: number): number {
    let [low, high] = [0, this.count - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return low
  }
}

export type TextKind = 'json' | 'xml' | 'text'

export function kindOf(text: string): TextKind {
  const first = /^\s*(.)/.exec(text.slice(0, 1_000))?.[1]
  if (first === '{' || first === '[') return 'json'
  return first === '<' ? 'xml' : 'text'
}

/** Lays out text as what it is: JSON and XML with a line for each member, anything else as it stands. */
export function layOut(text: string, columns: number): TextLayout {
  const layout = new TextLayout(text, columns)
  const kind = kindOf(text)
  if (kind === 'json') addJson(layout, text)
  else if (kind === 'xml') addXml(layout, text)
  else addLines(layout, text)
  return layout
}

function addJson(layout: TextLayout, text: string): void {
  let [depth, start, end] = [0, -1, 0]
  const extend = (from: number, to: number): void => {
    if (start === -1) start = from
    end = to
  }
  const flush = (): void => {
    if (start !== -1) layout.add(depth, start, end)
    start = -1
  }
  scanJson(text, {
    opens: (at, close) => {
      extend(at, close ?? at + 1)
      if (close !== null) return
      flush()
      depth += 1
    },
    closes: (at) => {
      flush()
      depth = Math.max(0, depth - 1)
      extend(at, at + 1)
    },
    separates: (at) => {
      extend(at, at + 1)
      flush()
    },
    says: extend,
  })
  flush()
}

/** A line for each element; one that holds text only stands in one line. */
function addXml(layout: TextLayout, text: string): void {
  const part = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[^>]*>?|[^<]+/g
  let depth = 0
  /** The beginning of an element that may yet fit in a line. */
  let begun = -1
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    const { 0: piece, index } = found
    const end = index + piece.length
    if (piece.startsWith('</')) {
      depth = Math.max(0, depth - 1)
      layout.add(depth, begun === -1 ? index : begun, end)
      begun = -1
    } else if (/^<[^!?]/.test(piece) && !piece.endsWith('/>')) {
      if (begun !== -1) layout.add(depth - 1, begun, index)
      begun = index
      depth += 1
    } else if (!piece.startsWith('<') || piece.startsWith('<![CDATA[')) {
      // Text joins the element that it stands in.
      if (begun === -1 && piece.trim() !== '') layout.add(depth, index, end)
    } else {
      if (begun !== -1) layout.add(depth - 1, begun, index)
      begun = -1
      layout.add(depth, index, end)
    }
  }
  if (begun !== -1) layout.add(Math.max(0, depth - 1), begun, text.length)
}

function addLines(layout: TextLayout, text: string): void {
  let start = 0
  for (;;) {
    const end = text.indexOf('\n', start)
    layout.add(0, start, end === -1 ? text.length : end)
    if (end === -1) return
    start = end + 1
  }
}

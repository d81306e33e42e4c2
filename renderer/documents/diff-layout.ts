import { diffLines } from './line-diff.ts'
import type { DiffRow, Layout } from './rows.ts'
import { layOut, type TextLayout } from './text-layout.ts'

/** Lines that are the same and stay in sight around a difference. */
const context = 3
const unbroken = Number.MAX_SAFE_INTEGER

/** Two texts as one, with what went and what came; long stretches that are the same are folded. */
export class DiffLayout implements Layout {
  readonly #rows: DiffRow[] = []

  constructor(before: string, after: string, columns: number) {
    const runs = diffLines(linesOf(before), linesOf(after))
    for (const [index, { lines, sign }] of runs.entries()) {
      const top = index === 0 ? 0 : context
      const bottom = index === runs.length - 1 ? 0 : context
      if (sign !== 'same' || lines.length <= top + bottom + 1) this.#add(sign, lines, columns)
      else {
        this.#add('same', lines.slice(0, top), columns)
        const hidden = lines.length - top - bottom
        this.#rows.push({ kind: 'diff', sign: 'fold', text: `${hidden.toLocaleString('en')} lines that are the same` })
        this.#add('same', lines.slice(lines.length - bottom), columns)
      }
    }
  }

  get count(): number {
    return this.#rows.length
  }

  slice(from: number, to: number): DiffRow[] {
    return this.#rows.slice(Math.max(0, from), to)
  }

  textOf(row: number): string {
    return this.#rows[row]?.text ?? ''
  }

  find(words: string, from: number): number | null {
    const wanted = words.toLowerCase()
    const holds = ({ text }: DiffRow): boolean => text.toLowerCase().includes(wanted)
    const next = this.#rows.findIndex((row, index) => index > from && holds(row))
    const found = next === -1 ? this.#rows.findIndex(holds) : next
    return found === -1 ? null : found
  }

  #add(sign: 'same' | 'removed' | 'added', lines: readonly string[], columns: number): void {
    for (const line of lines) {
      let from = 0
      do {
        this.#rows.push({ kind: 'diff', sign, text: line.slice(from, from + columns) })
        from += columns
      } while (from < line.length)
    }
  }
}

function linesOf(text: string): string[] {
  const layout: TextLayout = layOut(text, unbroken)
  return layout.slice(0, layout.count).map((row) => row.text)
}

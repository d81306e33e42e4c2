/** A value in a tree. */
export interface TreeRow {
  readonly kind: 'tree'
  readonly depth: number
  /** The field's name or the place in its list; null for the whole. */
  readonly name: string | null
  readonly type: 'object' | 'list' | 'string' | 'number' | 'boolean' | 'null'
  /** The value as text, the beginning of it where it is long; empty for objects and lists. */
  readonly text: string
  /** Members of an object or list, characters of a string. */
  readonly size: number
  /** An object or list that came as JSON in a string. */
  readonly isText: boolean
  /** null: there is nothing to open. */
  readonly open: boolean | null
  /** Where it stands: `record.Contacts[3].Email`. */
  readonly path: string
}

/**
 * A step in a tree: so many rows down (up below 0, ±Infinity to an end), `in` opens a branch or goes to its first child, `out` closes it
 * or goes to its parent, `turn` opens or closes it.
 */
export type TreeStep = number | 'in' | 'out' | 'turn'

/** A line of text, or a piece of a long one. */
export interface TextRow {
  readonly kind: 'text'
  /** Counted from 1; null for what continues the line above. */
  readonly line: number | null
  readonly text: string
}

/** A line of a comparison. `fold` stands for `line` lines that are the same. */
export interface DiffRow {
  readonly kind: 'diff'
  readonly sign: 'same' | 'removed' | 'added' | 'fold'
  readonly text: string
}

export type Row = TreeRow | TextRow | DiffRow

/** A document laid out in rows of one height, of which only those in sight are ever made. */
export interface Layout {
  readonly count: number
  slice(from: number, to: number): Row[]
  /** The next row after `from` in which the words occur, in any letter case; from the top again after the last. Null: nowhere. */
  find(words: string, from: number): number | null
  /** What a person copies from a row. */
  textOf(row: number): string
}

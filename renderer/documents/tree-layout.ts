import type { Json } from '#shared/domain/record.ts'
import { closeJson } from './json-scan.ts'
import type { Layout, TreeRow, TreeStep } from './rows.ts'

interface Node {
  readonly name: string | number | null
  readonly value: Json
  readonly depth: number
  readonly parent: Node | null
  /** Of a string that holds JSON, what it holds; undefined: not looked at yet. */
  inner?: Json
  open: boolean
}

/** Characters of a string that a row carries. */
const shownOfString = 400
/** Characters of a string that is looked into for JSON: ConnectWise sends records in strings. */
const mostInner = 5_000_000
/** Rows that are open at first, if the document is not small anyway. */
const openAtFirst = 400

/** A value as a tree: the rows of what is open. */
export class TreeLayout implements Layout {
  #rows: Node[]

  constructor(value: Json) {
    this.#rows = [{ name: null, value, depth: 0, parent: null, open: false }]
    this.toggle(0)
    this.#openSmall()
  }

  get count(): number {
    return this.#rows.length
  }

  slice(from: number, to: number): TreeRow[] {
    return this.#rows.slice(Math.max(0, from), to).map(rowOf)
  }

  /** Opens or closes a row; one without members stays as it is. */
  toggle(row: number): void {
    const node = this.#rows[row]
    if (node === undefined || membersOf(contentOf(node)) === 0) return
    const next = row + 1
    if (node.open) {
      let end = next
      while ((this.#rows[end]?.depth ?? 0) > node.depth) end += 1
      this.#rows.splice(next, end - next)
    } else this.#rows = this.#rows.slice(0, next).concat(childrenOf(node), this.#rows.slice(next))
    node.open = !node.open
  }

  /** Goes a step from a row, as the keys of a tree do; answers the row it leads to. */
  step(from: number, step: TreeStep): number {
    const node = this.#rows[from]
    if (typeof step === 'number') return Math.max(0, Math.min(this.#rows.length - 1, from + step))
    if (node === undefined) return 0
    if (step === 'in' && node.open) return from + 1
    if (step === 'out' && !node.open) return node.parent === null ? from : this.#rows.lastIndexOf(node.parent, from)
    this.toggle(from)
    return from
  }

  find(words: string, from: number): number | null {
    const wanted = words.toLowerCase()
    const top = this.#rows[0]
    if (top === undefined) return null
    const start = this.#rows[from]
    const way =
      (start === undefined ? null : search(top.value, wanted, keysOf(start))) ?? search(top.value, wanted, null)
    return way === null ? null : this.#reveal(way)
  }

  textOf(row: number): string {
    const value = this.#rows[row]?.value ?? null
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  }

  /** Opens what stands above a member; answers its row. */
  #reveal(way: readonly (string | number)[]): number {
    let row = 0
    for (const key of way) {
      const node = this.#rows[row]
      if (node?.open === false) this.toggle(row)
      row += 1
      while (this.#rows[row]?.name !== key || this.#rows[row]?.parent !== node) row += 1
    }
    return row
  }

  /** Opens the first levels as far as that leaves the whole in sight. */
  #openSmall(): void {
    for (let row = 1; row < this.#rows.length && this.#rows.length < openAtFirst; row += 1) {
      const node = this.#rows[row]
      if (node === undefined || node.open || node.depth > 2) continue
      if (this.#rows.length + membersOf(contentOf(node)) <= openAtFirst) this.toggle(row)
    }
  }
}

/** The tree of JSON text, of its beginning where it was cut off; null where it is none, or a single value. */
export function treeOf(text: string, isCut: boolean): TreeLayout | null {
  try {
    const value = JSON.parse(isCut ? closeJson(text) : text) as Json
    return value === null || typeof value !== 'object' ? null : new TreeLayout(value)
  } catch {
    return null
  }
}

function childrenOf(node: Node): Node[] {
  const value = contentOf(node)
  const depth = node.depth + 1
  if (Array.isArray(value)) return value.map((item, name) => ({ name, value: item, depth, parent: node, open: false }))
  const members: [string, Json][] = Object.entries((value ?? {}) as Record<string, Json>)
  return members.map(([name, item]) => ({ name, value: item, depth, parent: node, open: false }))
}

/** The value of a node; of a string that holds a JSON object or list, that. */
function contentOf(node: Node): Json {
  const { value } = node
  if (typeof value !== 'string' || value.length > mostInner || !/^\s*[[{]/.test(value)) return value
  node.inner ??= innerOf(value)
  return node.inner
}

function innerOf(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

function membersOf(value: Json): number {
  if (value === null || typeof value !== 'object') return 0
  return Array.isArray(value) ? value.length : Object.keys(value).length
}

function rowOf(node: Node): TreeRow {
  const { name, value, depth, open } = node
  const content = contentOf(node)
  const members = membersOf(content)
  return {
    kind: 'tree',
    depth,
    name: name === null ? null : String(name),
    type: content === null ? 'null' : Array.isArray(content) ? 'list' : (typeof content as TreeRow['type']),
    text: leafText(content),
    isText: content !== value,
    size: typeof content === 'string' ? content.length : members,
    open: members === 0 ? null : open,
    path: pathOf(keysOf(node)),
  }
}

function leafText(value: Json): string {
  if (typeof value !== 'string') return value !== null && typeof value === 'object' ? '' : String(value)
  return value.length <= shownOfString ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, shownOfString))} …`
}

function keysOf(node: Node): (string | number)[] {
  const keys: (string | number)[] = []
  for (let at: Node | null = node; at !== null && at.name !== null; at = at.parent) keys.push(at.name)
  return keys.toReversed()
}

/** `record.Contacts[3].Email`; names that are no plain words stand in brackets and quotes. */
export function pathOf(keys: readonly (string | number)[]): string {
  return keys
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      if (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return index === 0 ? key : `.${key}`
      return `[${JSON.stringify(key)}]`
    })
    .join('')
}

/**
 * The way to the first member, in the order of the text, whose name or value holds the words; with `after`, the first one behind that
 * member. Null: there is none.
 */
function search(top: Json, wanted: string, after: readonly (string | number)[] | null): (string | number)[] | null {
  const way: (string | number)[] = []
  let isBehind = after === null

  /** `isOn`: so far the way is that to `after`. */
  const visit = (value: Json, isOn: boolean): boolean => {
    if (isBehind && way.length > 0 && holds(value, way.at(-1) ?? '', wanted)) return true
    if (isOn && way.length === after?.length) isBehind = true
    if (value === null || typeof value !== 'object') {
      // The way goes on into a string, which is searched as a whole.
      if (isOn) isBehind = true
      return false
    }
    const keys = Array.isArray(value) ? value.keys() : Object.keys(value)
    for (const key of keys) {
      const isNextOn = isOn && !isBehind && after?.[way.length] === key
      // What stands before it need not be looked at.
      if (!isBehind && !isNextOn) continue
      way.push(key)
      if (visit((value as Record<string | number, Json>)[key] ?? null, isNextOn)) return true
      way.pop()
    }
    return false
  }
  return visit(top, after !== null) ? way : null
}

function holds(value: Json, key: string | number, wanted: string): boolean {
  if (typeof key === 'string' && key.toLowerCase().includes(wanted)) return true
  if (value !== null && typeof value === 'object') return false
  return String(value).toLowerCase().includes(wanted)
}

import { posix } from 'node:path'
import { parseSync } from 'vite'

/** A tree of sources: path from the root of the project, with slashes, to text. */
export type Tree = ReadonlyMap<string, string>

/** One import as written, and where it leads: a path of the tree, or the name of a package (`node:` for all of Node's own). */
export interface Import {
  readonly specifier: string
  readonly target: string
  readonly isPackage: boolean
  /** `import type` leaves nothing behind at run time. */
  readonly isTypeOnly: boolean
}

/** What the rules look at in one file. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
  /** Members of globals that are reached, such as `Date.now` or `console.log`. */
  readonly members: readonly string[]
}

/** Parses every source of the tree. Throws when one does not parse: nothing could be said about it. */
export function parseTree(tree: Tree): readonly SourceFile[] {
  return [...tree].map(([path, text]) => parseFile(path, text))
}

function parseFile(path: string, text: string): SourceFile {
  const { module, program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? 'does not parse'}`)
  const members = new Set<string>()
  collectMembers(program, members)
  const imports = [
    ...module.staticImports.map((found) => {
      const isTypeOnly = /^import\s+type\s+[{*\w]/.test(text.slice(found.start, found.end))
      return resolve(path, found.moduleRequest.value, isTypeOnly)
    }),
    ...module.staticExports.flatMap(({ start, end, entries }) => {
      const specifier = entries[0]?.moduleRequest?.value
      const isTypeOnly = /^export\s+type\b/.test(text.slice(start, end))
      return specifier === undefined ? [] : [resolve(path, specifier, isTypeOnly)]
    }),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const specifier = literal(text.slice(moduleRequest.start, moduleRequest.end))
      return specifier === undefined ? [] : [resolve(path, specifier, false)]
    }),
  ]
  return { path, text, imports, members: [...members] }
}

/** The text of a string literal; undefined for an expression, which only running can resolve. */
function literal(source: string): string | undefined {
  return /^(['"`])([^'"`$]*)\1$/.exec(source)?.[2]
}

function resolve(from: string, specifier: string, isTypeOnly: boolean): Import {
  const inTree = (target: string): Import => ({ specifier, target, isPackage: false, isTypeOnly })
  if (specifier.startsWith('.')) return inTree(posix.join(posix.dirname(from), specifier))
  if (specifier.startsWith('#')) return inTree(specifier.slice(1))
  const [first = '', second = ''] = specifier.split('/')
  const name = first.startsWith('node:') ? 'node:' : first.startsWith('@') ? `${first}/${second}` : first
  return { specifier, target: name, isPackage: true, isTypeOnly }
}

/** Walks the syntax tree and notes every `name.member` whose left side is a plain name. */
function collectMembers(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collectMembers(item, found)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const { type, object, property } = node as { type?: unknown; object?: unknown; property?: unknown }
  if (type === 'MemberExpression') {
    const left = nameOf(object)
    const right = nameOf(property)
    if (left !== null && right !== null) found.add(`${left}.${right}`)
  }
  for (const value of Object.values(node)) collectMembers(value, found)
}

function nameOf(node: unknown): string | null {
  const name = (node as { name?: unknown } | null | undefined)?.name
  return typeof name === 'string' ? name : null
}

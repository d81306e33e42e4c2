import { isBuiltin } from 'node:module'
import { parseAst } from 'vite'

/**
 * What a built file imports or requires by name, save what Node itself has. Relative names given to `require` are left out: in a built file
 * only packages that were put together before have some, for modules within themselves.
 */
export function importsOf(code: string): readonly string[] {
  const names = new Set<string>()
  visit(parseAst(code, { lang: 'js' }), names)
  return [...names].filter((name) => !isBuiltin(name))
}

function visit(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) for (const one of node) visit(one, names)
  if (!isNode(node)) return
  const name = nameIn(node)
  if (name !== null) names.add(name)
  for (const part of Object.values(node)) visit(part, names)
}

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameIn({ arguments: given, callee, source, type }: Node): string | null {
  switch (type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return textOf(source)
    case 'CallExpression': {
      const isRequire = isNode(callee) && /^(__)?require(\$\d+)?$/.test(String(callee['name']))
      const name = isRequire && Array.isArray(given) ? textOf(given[0]) : null
      return name === null || name.startsWith('.') ? null : name
    }
    default:
      return null
  }
}

function textOf(node: unknown): string | null {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : null
}

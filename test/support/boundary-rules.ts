import type { SourceFile } from './boundaries.ts'

const path = ['main/inbound', 'main/journal', 'main/mapping', 'main/outbound', 'main/outcomes']
const foundation = ['shared', 'main/base', 'main/store', 'main/queue', 'main/connectors']
const engine = [...foundation, ...path, 'main/alerts', 'main/relay.ts', 'main/engine', 'main/engine.ts']
const world = [...engine, 'main/sandbox']
const whole = [...world, 'main/host', 'main/workspaces.ts', 'main/headless.ts', 'package.json']

/** For each part of the tree: the other parts it may import. A part may always import itself. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'main/base': foundation.slice(0, 1),
  'main/store': foundation.slice(0, 2),
  'main/queue': foundation.slice(0, 3),
  'main/connectors': foundation.slice(0, 4),
  ...Object.fromEntries(path.map((stage) => [stage, foundation])),
  'main/alerts': [...foundation, ...path],
  'main/relay.ts': foundation,
  'main/engine': world,
  'main/engine.ts': world,
  'main/host': engine,
  'main/sandbox': ['shared', 'main/base'],
  'main/workspaces.ts': whole,
  'main/headless.ts': whole,
  'main/setup': [],
  electron: whole,
  renderer: ['shared'],
  'test/electron-host': ['main/setup', 'test/support'],
  test: ['shared', 'main', 'electron', 'renderer', 'package.json'],
}

/** Packages that run anywhere, so that `shared` may use them. */
const sharedPackages = ['zod', 'jsonata', 'libphonenumber-js', '@orpc/contract']

/** The shell, and what stands in for Electron in tests. */
const knowsElectron = ['electron', 'test/electron-host']

/** Lines of a file; generated or not, nobody reads a longer one. */
export const maxLines = 400

/** Parts that may ask the machine for the time and write to the terminal; the rest is given a Clock and a logger. */
const mayTouchTheWorld = ['main/base', 'main/setup', 'main/headless.ts']

/** Marks of unfinished work and of checks switched off, in pieces so that this file passes. */
const forbiddenWords = ['TO' + 'DO', 'FIX' + 'ME', '@ts-' + 'ignore', '@ts-' + 'nocheck', 'eslint-' + 'disable']

/** The part of the tree that a path belongs to; null when there is none, so that a new folder has to be given its place. */
export function partOf(file: string): string | null {
  return Object.keys(mayImport).find((part) => isWithin(file, part)) ?? null
}

function isWithin(file: string, part: string): boolean {
  return file === part || file.startsWith(`${part}/`)
}

/** Everything in the tree that breaks a rule, a sentence each. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  return [...files.flatMap(violationsOf), ...cycles(files)]
}

function violationsOf(file: SourceFile): readonly string[] {
  const part = partOf(file.path)
  if (part === null) return [`${file.path} has no place in the layers`]
  return [...importViolations(file, part), ...textViolations(file, part)]
}

function importViolations(file: SourceFile, part: string): readonly string[] {
  return file.imports.flatMap((found) => {
    const complaint = (why: string) => [`${file.path} imports ${found.specifier}: ${why}`]
    if (found.specifier.startsWith('../../') && found.target !== 'package.json')
      return complaint('write #shared/, #main/ or #test/ instead of climbing')
    if (found.isPackage) {
      if (found.target === 'electron' && !knowsElectron.includes(part))
        return complaint('only the shell knows Electron')
      if (part === 'shared' && !sharedPackages.includes(found.target)) return complaint('shared runs anywhere')
      return []
    }
    // The configuration of a tool is read by that tool alone, and may put others together.
    if (file.path.endsWith('.config.ts')) return []
    const allowed = [part, ...(mayImport[part] ?? [])]
    return allowed.some((one) => isWithin(found.target, one)) ? [] : complaint(`${part} may not`)
  })
}

function textViolations(file: SourceFile, part: string): readonly string[] {
  const lines = file.text.trimEnd().split('\n').length
  const words = forbiddenWords.filter((word) => file.text.includes(word))
  const touching = part.startsWith('main/') && !mayTouchTheWorld.includes(part)
  const members = file.members.filter((member) => member === 'Date.now' || member.startsWith('console.'))
  return [
    ...(lines > maxLines ? [`${file.path} has ${lines} lines; ${maxLines} is the most`] : []),
    ...words.map((word) => `${file.path} contains ${word}`),
    ...(touching ? members.map((member) => `${file.path} uses ${member}; ask for a Clock or a logger`) : []),
  ]
}

/** Each way round by which a file imports itself at run time, named once. Types may refer to each other. */
function cycles(files: readonly SourceFile[]): readonly string[] {
  const atRunTime = (file: SourceFile) => file.imports.filter((one) => !one.isTypeOnly).map((one) => one.target)
  const imports = new Map(files.map((file) => [file.path, atRunTime(file)]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file)
    if (start >= 0) found.push(`cycle: ${[...trail.slice(start), file].join(' -> ')}`)
    if (start >= 0 || done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...trail, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DocumentDesk } from '#renderer/documents/document-desk.ts'
import { pathOf, TreeLayout, treeOf } from '#renderer/documents/tree-layout.ts'
import type { TreeRow, TreeStep } from '#renderer/documents/rows.ts'
import type { Json } from '#shared/domain/record.ts'

const names = (tree: TreeLayout) => tree.slice(0, tree.count).map(({ depth, name }) => `${'-'.repeat(depth)}${name}`)

test('opens what is small, and opens and closes the rest on request', () => {
  const tree = new TreeLayout({ a: 1, list: Array.from({ length: 1_000 }, (_, index) => index), z: { y: [true] } })
  expect(names(tree)).toEqual(['null', '-a', '-list', '-z', '--y', '---0'])
  tree.toggle(2)
  expect(tree.count).toBe(1_006)
  tree.toggle(2)
  tree.toggle(3)
  tree.toggle(1)
  expect(names(tree)).toEqual(['null', '-a', '-list', '-z'])
  expect(tree.slice(1, 4)).toMatchObject([
    { type: 'number', text: '1', open: null, path: 'a' },
    { type: 'list', size: 1_000, open: false, path: 'list' },
    { type: 'object', size: 1, open: false },
  ])
})

test('steps lead as the keys of a tree do', () => {
  const tree = new TreeLayout({ a: 1, z: { y: true }, none: {} })
  const go = (from: number, ...steps: TreeStep[]) => steps.reduce<number>((at, step) => tree.step(at, step), from)
  expect(names(tree)).toEqual(['null', '-a', '-z', '--y', '-none'])
  expect(go(-1, 1), 'the first one, where none is picked').toBe(0)
  expect(go(2, 'in'), 'an open branch leads to its first child').toBe(3)
  expect(go(3, 'in', 'in'), 'a leaf stays').toBe(3)
  expect(go(3, 'out'), 'a leaf leads to its parent').toBe(2)
  expect(go(4, 'out'), 'so does what has nothing to open').toBe(0)
  expect([go(1, -5), go(1, 5), go(3, -Infinity), go(0, Infinity)]).toEqual([0, 4, 0, 4])
  expect(go(3, 'out', 'out'), 'an open branch is closed where it stands').toBe(2)
  expect(names(tree)).toEqual(['null', '-a', '-z', '-none'])
  expect(go(2, 'out'), 'a closed one leads to its parent').toBe(0)
  expect(go(2, 'in', 'in'), 'opened, then entered').toBe(3)
  expect(go(2, 'turn', 'turn')).toBe(2)
  expect(names(tree)).toEqual(['null', '-a', '-z', '--y', '-none'])
})

test('whatever keys are typed, there is a row under them', () => {
  const step = fc.oneof(
    fc.constantFrom<TreeStep>('in', 'out', 'turn', -Infinity, Infinity),
    fc.integer({ min: -9, max: 9 }),
  )
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.array(step), (value, steps) => {
      const tree = new TreeLayout({ value: value as Json })
      let at = 0
      for (const one of steps) {
        const from = tree.slice(at, at + 1)[0]
        at = tree.step(at, one)
        const to = tree.slice(at, at + 1)[0]
        expect(to).toBeDefined()
        expect(to?.depth).toBe(depthAfter(from, one) ?? to?.depth)
      }
    }),
  )
})

test('a string that holds JSON can be opened, as ConnectWise sends records in strings; one that only begins so is a string', () => {
  const tree = new TreeLayout({ Entity: '{"id":1,"name":"Acme"}', note: '[sic]', empty: '{}' })
  expect(tree.slice(1, 9)).toMatchObject([
    { name: 'Entity', type: 'object', isText: true, size: 2, open: true },
    { path: 'Entity.id', text: '1' },
    { path: 'Entity.name', text: '"Acme"' },
    { name: 'note', type: 'string', text: '"[sic]"', open: null },
    { name: 'empty', type: 'object', isText: true, open: null },
  ])
  expect(tree.find('acme', 2), 'a search goes on behind the string').toBe(1)
  expect(tree.find('sic', 2)).toBe(4)
  expect(tree.textOf(1)).toBe('{"id":1,"name":"Acme"}')
})

test('the path to a value leads there', () => {
  expect(pathOf(['record', 'Contacts', 3, 'E-mail', 'ä1'])).toBe('record.Contacts[3]["E-mail"].ä1')
  expect(pathOf([])).toBe('')
})

test('finds a member that is not open, opens the way to it, and goes on from there', () => {
  const tree = new TreeLayout({
    list: Array.from({ length: 1_000 }, (_, index) => ({ id: index, name: `n${index}` })),
  })
  expect(tree.count).toBe(2)
  const first = tree.find('N77', 0) ?? -1
  expect(tree.slice(first, first + 1)).toMatchObject([{ path: 'list[77].name', text: '"n77"' }])
  const second = tree.find('n77', first) ?? -1
  expect(tree.slice(second, second + 1)).toMatchObject([{ path: 'list[770].name' }])
  const third = tree.find('n779', second) ?? -1
  expect(tree.find('n77', third)).toBe(first)
  expect(tree.find('nowhere', 0)).toBeNull()
})

test('going through all that is found meets each member that holds the words once', () => {
  const value = fc.dictionary(fc.constantFrom('a', 'b', 'x'), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 })
  fc.assert(
    fc.property(value, (document) => {
      const tree = new TreeLayout(document as Json)
      const paths = new Set<string>()
      let row = 0
      for (;;) {
        const next = tree.find('a', row)
        const path = next === null ? undefined : tree.slice(next, next + 1)[0]?.path
        if (next === null || path === undefined || paths.has(path)) break
        paths.add(path)
        row = next
      }
      expect(paths.size).toBe(countHolding(document as Json, 'a'))
    }),
  )
})

function countHolding(value: Json, words: string): number {
  if (value === null || typeof value !== 'object') return 0
  const isList = Array.isArray(value)
  return Object.entries(value).reduce((sum, [key, child]) => {
    const isLeaf = child === null || typeof child !== 'object'
    const holds =
      (!isList && key.toLowerCase().includes(words)) || (isLeaf && String(child).toLowerCase().includes(words))
    return sum + (holds ? 1 : 0) + countHolding(child, words)
  }, 0)
}

test('there is no tree of what is no JSON or a single value; of what was cut off there is one of its beginning', () => {
  expect(treeOf('<a/>', false)).toBeNull()
  expect(treeOf('"x"', false)).toBeNull()
  expect(treeOf('{"a":1,"b":', false)).toBeNull()
  expect(treeOf('{"a":1,"b":', true)?.slice(0, 9)).toMatchObject([{ size: 1 }, { path: 'a' }])
})

test('the desk keeps a document from its first piece until it is dropped', () => {
  const desk = new DocumentDesk()
  desk.take({ do: 'add', doc: 1, text: '{"a":[' })
  desk.take({ do: 'add', doc: 1, text: '1,2]}' })
  const show = { do: 'show', doc: 1, columns: 80, isCut: false } as const
  expect(desk.take({ ...show, as: 'tree' })).toEqual({ as: 'tree', kind: 'json', count: 4 })
  expect(desk.take({ do: 'toggle', doc: 1, row: 1 })).toBe(2)
  expect(desk.take({ do: 'copy', doc: 1, row: 1 })).toBe('[\n  1,\n  2\n]')
  expect(desk.take({ do: 'find', doc: 1, words: '2', from: 0 })).toEqual({ row: 3, count: 4 })
  expect(desk.take({ ...show, as: 'text' })).toEqual({ as: 'text', kind: 'json', count: 6 })
  expect(desk.take({ do: 'rows', doc: 1, from: 1, to: 2 })).toEqual([{ kind: 'text', line: 2, text: '  "a":[' }])
  desk.take({ do: 'drop', doc: 1 })
  expect(desk.take({ do: 'rows', doc: 1, from: 0, to: 9 })).toEqual([])
})

/** How deep a step that changes the level leads; null for one that may lead anywhere. */
function depthAfter(from: TreeRow | undefined, step: TreeStep): number | null {
  if (from === undefined || typeof step === 'number') return null
  if (step === 'in') return from.depth + (from.open === true ? 1 : 0)
  return from.depth - (step === 'out' && from.open !== true && from.depth > 0 ? 1 : 0)
}

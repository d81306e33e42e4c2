import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { recordSql } from '#main/sandbox/connectwise/condition-sql.ts'
import { parseConditions } from '#main/sandbox/connectwise/conditions.ts'
import type { Condition } from '#main/sandbox/connectwise/conditions.ts'
import { openRecordTable } from '#main/sandbox/world/record-table.ts'
import { openWorld } from '#main/sandbox/world/world.ts'
import type { Doc } from '#main/sandbox/world/world.ts'

const world = openWorld()
afterAll(() => world.close())

/** Writes a condition down in the language, with more parentheses than it needs. */
function written(condition: Condition): string {
  if (condition.kind === 'not') return `NOT (${written(condition.part)})`
  if (condition.kind !== 'compare') {
    return condition.parts.map((part) => `(${written(part)})`).join(condition.kind === 'and' ? ' AND ' : ' or ')
  }
  const values = condition.values.map((value) => {
    if (typeof value === 'string')
      return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '""').replaceAll('[', '[[]')}"`
    if (typeof value === 'object') return value === null ? 'null' : `[${value.instant}]`
    return String(value)
  })
  return `${condition.path} ${condition.sign} ${condition.sign === 'in' ? `(${values.join(', ')})` : (values[0] ?? '')}`
}

const text = fc.string({ unit: 'grapheme-ascii', maxLength: 8 })
const compare = fc.oneof(
  fc.record({ path: fc.constant('name'), sign: fc.constantFrom('=', '!=', '<', '>=', 'contains'), value: text }),
  fc.record({
    path: fc.constant('company/size'),
    sign: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    value: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({ path: fc.constant('flag'), sign: fc.constant('='), value: fc.boolean() }),
)
const condition = fc.letrec<{ any: Condition; leaf: Condition }>((tie) => ({
  leaf: compare.map(({ path, sign, value }) => ({ kind: 'compare', path, sign, values: [value] }) as Condition),
  any: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    tie('any').map((part): Condition => ({ kind: 'not', part })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('any'), { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): Condition => ({ kind, parts })),
  ),
})).any

describe('conditions', () => {
  test('mean the same after they were written down and read again', () => {
    fc.assert(
      fc.property(condition, (wanted) => {
        expect(parseConditions(written(wanted))).toEqual({ ok: true, condition: wanted })
      }),
    )
  })

  test('find what a plain reading of them finds', () => {
    const table = openRecordTable(world.database, 'property', { id: 'INTEGER' })
    const record = fc.record({ name: text, size: fc.integer({ min: -3, max: 3 }), flag: fc.boolean() })
    fc.assert(
      fc.property(condition, record, (wanted, { name, size, flag }) => {
        table.put(1, { id: 1, name, company: { size }, flag })
        expect(table.count(recordSql(wanted)) === 1).toBe(meets(wanted, { name, 'company/size': size, flag }))
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['lastUpdated > [2026-01-31T18:04:26Z]', ['2026-01-31T18:04:27Z']],
    ['lastUpdated >= [2026-01-31T18:04:26.500Z]', ['2026-01-31T18:04:27Z']],
    ['lastUpdated < [2026-01-31T18:04:26.500Z]', ['2026-01-31T18:04:26Z']],
    ['lastUpdated <= [2026-01-31T19:04:26+01:00]', ['2026-01-31T18:04:26Z']],
  ])('compare instants: %s', (conditions, found) => {
    const table = openRecordTable(world.database, 'instants', { id: 'INTEGER' })
    for (const [id, lastUpdated] of ['2026-01-31T18:04:26Z', '2026-01-31T18:04:27Z'].entries()) {
      table.put(id, { id, _info: { lastUpdated } })
    }
    const parsed = parseConditions(conditions)
    const docs = parsed.ok ? table.select({ where: recordSql(parsed.condition) }) : []
    expect(docs.map((doc) => (doc['_info'] as Doc)['lastUpdated'])).toEqual(found)
  })

  test.each([
    ['summary like "print*"', true],
    ['summary like "print"', false],
    ['summary not like "*scanner*"', true],
    ['summary not contains "PRINTER"', false],
    ['id in (1, 2)', true],
    ['summary not in ("a", "b")', true],
    ['owner = null and summary != null', true],
  ])('know %s', (conditions, isFound) => {
    const table = openRecordTable(world.database, 'operators', { id: 'INTEGER' })
    table.put(1, { id: 1, summary: 'Printer is offline', owner: null })
    const parsed = parseConditions(conditions)
    expect(parsed.ok && table.count(recordSql(parsed.condition)) === 1).toBe(isFound)
  })
})

function meets(wanted: Condition, record: Readonly<Record<string, string | number | boolean>>): boolean {
  if (wanted.kind === 'not') return !meets(wanted.part, record)
  if (wanted.kind !== 'compare') {
    const met = wanted.parts.map((part) => meets(part, record))
    return wanted.kind === 'and' ? met.every(Boolean) : met.some(Boolean)
  }
  const [value] = wanted.values
  const [mine = '', yours = ''] = [record[wanted.path], value].map((one) =>
    typeof one === 'string' ? one.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : (one as number | boolean),
  )
  switch (wanted.sign) {
    case '=':
      return mine === yours
    case '!=':
      return mine !== yours
    case '<':
      return mine < yours
    case '<=':
      return mine <= yours
    case '>':
      return mine > yours
    case '>=':
      return mine >= yours
    default:
      return contains(String(mine), String(yours))
  }
}

/** `contains` with its wildcards: `*` and `%` stand for anything. */
function contains(whole: string, part: string): boolean {
  const pattern = part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[*%]/g, '[^]*')
  return new RegExp(pattern).test(whole)
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { elementSql, recordSql } from '#main/sandbox/connectwise/condition-sql.ts'
import { parseConditions } from '#main/sandbox/connectwise/conditions.ts'
import { openRecordTable } from '#main/sandbox/world/record-table.ts'
import type { RecordTable, SqlPart } from '#main/sandbox/world/record-table.ts'
import { openWorld } from '#main/sandbox/world/world.ts'

const world = openWorld()
let table: RecordTable

beforeAll(() => {
  const indexes = ['identifier', '_info.lastUpdated', 'company.id']
  table = openRecordTable(world.database, 'looked.up', { id: 'INTEGER', indexes, arrays: ['items'] })
})
afterAll(() => world.close())

function plan(where: SqlPart): string {
  const text = `EXPLAIN QUERY PLAN SELECT doc FROM "looked.up" WHERE ${where.text} ORDER BY +id`
  const rows = world.database.prepare(text).all(...where.parameters) as { detail: string }[]
  return rows.map((row) => row.detail).join('; ')
}

function conditions(text: string): SqlPart {
  const parsed = parseConditions(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return text.startsWith('value') ? elementSql(parsed.condition, 'looked.up', 'items') : recordSql(parsed.condition)
}

test.each([
  'identifier = "acme"',
  'lastUpdated > [2026-01-31T18:04:26Z]',
  'company/id = 12',
  'value = "a@x.example" and kind = "Email"',
])('an index answers %s', (text) => {
  expect(plan(conditions(text))).not.toContain('SCAN looked.up')
})

test('without an index the whole table is walked', () => {
  expect(plan(conditions('name = "acme"'))).toContain('SCAN looked.up')
})

test('values in arrays are found as long as they are there', () => {
  const where = conditions('value = "A@x.example"')
  table.put(1, { id: 1, items: [{ value: 'a@x.example' }, { value: 'b@x.example' }] })
  expect(table.count(where)).toBe(1)
  table.put(1, { id: 1, items: [{ value: 'b@x.example' }] })
  expect(table.count(where)).toBe(0)
  expect(world.database.prepare('SELECT value FROM "looked.up.values"').pluck().all()).toEqual(['b@x.example'])
  table.put(1, { id: 1, items: [{ value: 'a@x.example' }] })
  table.remove(1)
  expect(table.count(where)).toBe(0)
  expect(world.database.prepare('SELECT count(*) AS n FROM "looked.up.values"').get()).toEqual({ n: 0 })
})

test('picks from the whole table, over gaps', () => {
  for (const id of [10, 20, 30]) table.put(id, { id })
  table.remove(20)
  expect([0, 0.5, 0.99].map((fraction) => table.pick(fraction)?.['id'])).toEqual([10, 30, 30])
})

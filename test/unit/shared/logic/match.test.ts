import { describe, expect, test } from 'vitest'
import type { Condition, Match } from '#shared/domain/match.ts'
import type { Values } from '#shared/domain/record.ts'
import { judgeMatch, judgeRecord } from '#shared/logic/match.ts'

function judge(condition: Condition, fields: Values | null, synced?: Values) {
  const match = { entity: 'Case', actions: ['updated' as const], conditions: [condition] }
  const subject = { entity: 'Case', action: 'updated' as const, fields }
  return judgeMatch(match, synced === undefined ? subject : { ...subject, synced })
}

test('entity and action have to fit', () => {
  const match = { entity: 'Case', actions: ['created' as const], conditions: [] }
  expect(judgeMatch(match, { entity: 'Case', action: 'created', fields: null })).toBe('yes')
  expect(judgeMatch(match, { entity: 'Case', action: 'updated', fields: null })).toBe('no')
  expect(judgeMatch(match, { entity: 'Account', action: 'created', fields: null })).toBe('no')
})

test('a field that the event does not carry leaves it open, unless another condition already says no', () => {
  const conditions: Condition[] = [
    { field: 'Status', operator: 'is', value: 'New' },
    { field: 'Origin', operator: 'is', value: 'Web' },
  ]
  const match = { entity: 'Case', actions: ['updated' as const], conditions }
  const verdict = (fields: Values | null) => judgeMatch(match, { entity: 'Case', action: 'updated', fields })
  expect(verdict(null)).toBe('unknown')
  expect(verdict({ Status: 'new' })).toBe('unknown')
  expect(verdict({ Status: 'Closed' })).toBe('no')
  expect(verdict({ Status: 'New', Origin: 'Web' })).toBe('yes')
})

test('a deletion needs no condition to hold, as it carries no values', () => {
  const match = { entity: 'Case', actions: ['deleted' as const], conditions: [{ field: 'A', operator: 'is' as const }] }
  expect(judgeMatch(match, { entity: 'Case', action: 'deleted', fields: null })).toBe('yes')
})

describe('operators', () => {
  test.each<[Condition['operator'], unknown, Values[string], boolean]>([
    ['is', '12', 12, true],
    ['is', 'ACME', ' acme ', true],
    ['is', null, '', true],
    ['is-not', 'acme', 'other', true],
    ['is-not', 'acme', 'Acme', false],
    ['one-of', ['a', 'B'], 'b', true],
    ['one-of', ['a'], 'b', false],
    ['contains', 'cm', 'ACME', true],
    ['contains', 'x', ['y', 'X'], true],
    ['starts-with', 'ac', 'Acme', true],
    ['greater', 9, '10', true],
    ['greater', '2026-01-01', '2026-05-01T00:00:00Z', true],
    ['greater', 1, null, false],
    ['less', 10, 9.5, true],
    ['less', 10, 10, false],
    ['is-empty', null, '  ', true],
    ['is-not-empty', null, 'x', true],
  ])('%s %j on %j is %s', (operator, value, actual, holds) => {
    expect(judge({ field: 'f', operator, value: value as never }, { f: actual })).toBe(holds ? 'yes' : 'no')
  })
})

test('changed compares with the last-synced value, and without one counts as changed', () => {
  const condition: Condition = { field: 'Status', operator: 'changed' }
  expect(judge(condition, { Status: 'New' }, { Status: 'New' })).toBe('no')
  expect(judge(condition, { Status: 'Closed' }, { Status: 'New' })).toBe('yes')
  expect(judge(condition, { Status: 'New' })).toBe('yes')
})

test('fields are found by slashes and dots, and inherited names are no fields', () => {
  const is = (field: string) => judge({ field, operator: 'is', value: 7 }, { 'company/id': 7, nested: { deep: 7 } })
  expect([is('company/id'), is('company.id'), is('nested.deep'), is('constructor')]).toEqual([
    'yes',
    'yes',
    'yes',
    'unknown',
  ])
})

describe('several conditions', () => {
  const conditions: Condition[] = [
    { field: 'A', operator: 'is', value: 1 },
    { field: 'B', operator: 'is', value: 1 },
  ]
  const all = { entity: 'Case', actions: ['updated' as const], conditions }
  test.each<[Values | null, string, string]>([
    [{ A: 1, B: 1 }, 'yes', 'yes'],
    [{ A: 1, B: 2 }, 'no', 'yes'],
    [{ A: 2, B: 2 }, 'no', 'no'],
    [{ A: 1 }, 'unknown', 'yes'],
    [{ A: 2 }, 'no', 'unknown'],
    [null, 'unknown', 'unknown'],
  ])('of %j: all %s, any %s', (fields, forAll, forAny) => {
    const subject = { entity: 'Case', action: 'updated' as const, fields }
    expect(judgeMatch(all, subject)).toBe(forAll)
    expect(judgeMatch({ ...all, combine: 'any' }, subject)).toBe(forAny)
  })

  test('none at all are met, however they combine', () => {
    const none = { ...all, conditions: [], combine: 'any' as const }
    expect(judgeMatch(none, { entity: 'Case', action: 'updated', fields: {} })).toBe('yes')
  })
})

describe('an expression', () => {
  const base = { entity: 'Case', actions: ['updated' as const], expression: 'Priority = "High" and $recordId = "500A"' }
  const subject = (fields: Values) => ({ entity: 'Case', action: 'updated' as const, fields })
  const judged = async (match: Partial<Match>, fields: Values) => {
    const answer = await judgeRecord({ ...base, conditions: [], ...match }, subject(fields), '500A')
    return answer.ok ? answer.verdict : answer.reason
  }
  const isOpen: Condition = { field: 'Open', operator: 'is', value: true }

  test('is open until there is a record, then decides', async () => {
    expect(judgeMatch({ ...base, conditions: [] }, subject({ Priority: 'High' }))).toBe('unknown')
    expect(await judged({}, { Priority: 'High' })).toBe('yes')
    expect(await judged({}, { Priority: 'Low' })).toBe('no')
    expect(await judged({ expression: 'Priority' }, { Priority: 'High' })).toBe('no')
  })

  test('is one condition more', async () => {
    expect(await judged({ conditions: [isOpen] }, { Priority: 'High', Open: false })).toBe('no')
    expect(await judged({ conditions: [isOpen], combine: 'any' }, { Priority: 'Low', Open: true })).toBe('yes')
    expect(await judged({ conditions: [isOpen], combine: 'any' }, { Priority: 'Low', Open: false })).toBe('no')
  })

  test('tells why it fails', async () => {
    expect(await judged({ expression: '$number(Priority)' }, { Priority: 'High' })).toMatch(/number/)
  })
})

import { describe, expect, test } from 'vitest'
import { checkExpression, evaluate } from '#shared/logic/expression.ts'

const record = {
  'company/id': 12,
  'company/name': 'Acme',
  summary: 'Printer',
  'customFields/SF Id': '001',
  list: [1, 2],
}

test('expressions see slashes as depth, and the record’s id', async () => {
  expect(await evaluate('company.name & "/" & summary & "/" & $recordId', record, '7')).toEqual({
    ok: true,
    value: 'Acme/Printer/7',
  })
  expect(await evaluate('customFields."SF Id"', record, '7')).toEqual({ ok: true, value: '001' })
  expect(await evaluate('list[$ > 5]', record, '7')).toEqual({ ok: true, value: null })
  expect(await evaluate('list.{"n": $}', record, '7')).toEqual({ ok: true, value: [{ n: 1 }, { n: 2 }] })
})

test('a field may have any name, also one that objects have by themselves', async () => {
  const hostile = JSON.parse(
    '{"__proto__/polluted": true, "constructor/prototype/x": 1, "a/b": 1, "a": "flat"}',
  ) as Record<string, never>
  expect(await evaluate('a.b', hostile, '1')).toEqual({ ok: true, value: 1 })
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

describe('bounds', () => {
  test.each([
    ['($f := function($x) { $f($x) }; $f(1))', 'more than 50,000 steps'],
    ['$reduce([1..9999], function($sum, $n) { $sum + $n * $n - $n * $n + $n })', 'more than 50,000 steps'],
    ['($f := function($x) { 1 + $f($x) }; $f(1))', 'calls itself too often'],
    ['[1..20000]', 'maximum sequence length'],
    ['$pad("x", 1000000000)', 'invalid string length'],
    ['$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /(a+)+$/)', 'could run for ever'],
    ['$eval("1")', 'non-function'],
    ['$random()', 'non-function'],
    ['$error("stop here")', 'stop here'],
    ['$sum("x")', 'sum'],
    ['function($x) { $x }', 'function'],
  ])('%s is stopped: %s', async (expression, reason) => {
    const startedAt = performance.now()
    const result = await evaluate(expression, record, '7')
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as string })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})

test('what is no expression is told when it is saved', async () => {
  expect(checkExpression('Name & "x"')).toBeNull()
  expect(checkExpression('Name &')).toContain('unexpected end')
  expect(await evaluate('Name &', record, '7')).toMatchObject({ ok: false })
})

test('what an expression may take does not hang on how busy the machine is', async () => {
  const many = await Promise.all(Array.from({ length: 60 }, () => evaluate('$sum([1..2000].($ * 2))', record, '7')))
  expect(many).toEqual(many.map(() => ({ ok: true, value: 4_002_000 })))
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText, maxDepth, parseJson, splitArray } from '#main/inbound/parse/json-text.ts'

describe('decodeText', () => {
  test('drops a byte order mark', () =>
    expect(decodeText(Buffer.from('\uFEFF{"a":1}'))).toEqual({ ok: true, value: '{"a":1}' }))

  test.each([
    [Buffer.from([0x7b, 0xff, 0x7d])],
    [Buffer.from([0x22, 0xc3, 0x22])],
    [Buffer.from('\uFEFF{}', 'utf16le')],
  ])('refuses %j', (bytes) => {
    expect(decodeText(bytes)).toMatchObject({ ok: false, reason: { status: 400 } })
  })
})

describe('parseJson', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

  test('bounds the depth', () => {
    expect(parseJson(nested(maxDepth)).ok).toBe(true)
    expect(parseJson(nested(maxDepth + 1))).toMatchObject({ ok: false, reason: { code: 'bad-shape' } })
    expect(parseJson(`{"a":${nested(100_000)}}`)).toMatchObject({ ok: false, reason: { code: 'bad-shape' } })
  })

  test('takes __proto__ members out at every level', () => {
    const parsed = parseJson('{"__proto__":{"a":1},"b":[{"__proto__":{"isAdmin":true},"c":2}]}')
    expect(JSON.stringify(parsed)).toBe('{"ok":true,"value":{"b":[{"c":2}]}}')
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test.each(['', '{', "{'a':1}", 'nope', '{"a":1}}'])('refuses %j', (text) => {
    expect(parseJson(text)).toMatchObject({ ok: false, reason: { status: 400, code: 'not-json' } })
  })
})

describe('splitArray', () => {
  test('gives each item as it stands there', () => {
    expect(splitArray(' [ {"a":"],}\\"" , "b":[1,2]} ,12345678901234567890, "x,y" ] ')).toEqual([
      '{"a":"],}\\"" , "b":[1,2]}',
      '12345678901234567890',
      '"x,y"',
    ])
    expect(splitArray('[]')).toEqual([])
  })

  test('joins up with what the parser reads', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (items, indent) => {
        const parts = splitArray(JSON.stringify(items, null, indent))
        expect(parts.map((part) => JSON.parse(part) as unknown)).toEqual(JSON.parse(JSON.stringify(items)))
      }),
    )
  })
})

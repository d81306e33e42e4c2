import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeJson } from '#renderer/documents/json-scan.ts'
import { layOut } from '#renderer/documents/text-layout.ts'

const shown = (text: string, columns = 80) => {
  const layout = layOut(text, columns)
  return layout.slice(0, layout.count).map((row) => row.text)
}

test('JSON gets a line for each member, and every character stays as it came', () => {
  expect(shown('{"id":12345678901234567890,"a" : [ ],"b":{"c":"x, {y}","d":[1,2]}}')).toEqual([
    '{',
    '  "id":12345678901234567890,',
    '  "a" : [ ],',
    '  "b":{',
    '    "c":"x, {y}",',
    '    "d":[',
    '      1,',
    '      2',
    '    ]',
    '  }',
    '}',
  ])
  fc.assert(
    fc.property(fc.json(), (text) => {
      const blanks = /[\t\r\n ]/g
      expect(shown(text).join('').replace(blanks, '')).toBe(text.replace(blanks, ''))
    }),
  )
})

test('a quote behind back-slashes ends its string only when they are even', () => {
  expect(shown('{"a":"x\\"",b":1}')).toEqual(['{', '  "a":"x\\"",', '  b":1}'])
  expect(shown('["x\\\\",1]')).toEqual(['[', '  "x\\\\",', '  1', ']'])
})

test('long lines are broken, and keep their number', () => {
  const layout = layOut(`["${'x'.repeat(60)}"]`, 30)
  expect(layout.slice(0, 9).map(({ line, text }) => [line, text.length])).toEqual([
    [1, 1],
    [2, 30],
    [null, 30],
    [null, 8],
    [3, 1],
  ])
})

test('XML gets a line for each element, text beside its tags', () => {
  const text = '<?xml version="1.0"?><a x="1"><b>one</b><c/><d><e>two</e><!-- three --></d><f><![CDATA[<4>]]></f></a>'
  expect(shown(text)).toEqual([
    '<?xml version="1.0"?>',
    '<a x="1">',
    '  <b>one</b>',
    '  <c/>',
    '  <d>',
    '    <e>two</e>',
    '    <!-- three -->',
    '  </d>',
    '  <f><![CDATA[<4>]]></f>',
    '</a>',
  ])
})

test('XML keeps every character that is not blank, also where it is cut off', () => {
  const piece = fc.constantFrom('<a>', '</a>', '<b/>', 'text', ' ', '<!-- c -->', '<', '>', '<![CDATA[ <x> ]]>')
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = `<root>${pieces.join('')}`
      expect(shown(text, 500).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    }),
  )
})

test('finds words in any case, the next one first, and from the top again', () => {
  const layout = layOut('{"a":"Acme","b":"x","c":"ACME"}', 80)
  expect(layout.find('acme', 0)).toBe(1)
  expect(layout.find('acme', 1)).toBe(3)
  expect(layout.find('acme', 3)).toBe(1)
  expect(layout.find('globex', 0)).toBeNull()
})

test('JSON that was cut off anywhere can be read up to its last whole member', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true })
  fc.assert(
    fc.property(object, fc.nat(), (value, at) => {
      const text = JSON.stringify(value)
      const cut = text.slice(0, 1 + (at % text.length))
      expect(() => JSON.parse(closeJson(cut)) as unknown).not.toThrow()
      expect(JSON.parse(closeJson(text))).toEqual(JSON.parse(text))
    }),
  )
  expect(closeJson('{"a":[1,2],"b":{"c":"x')).toBe('{"a":[1,2],"b":{}}')
})

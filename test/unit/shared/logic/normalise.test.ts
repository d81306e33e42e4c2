import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliser } from '#shared/domain/mapping.ts'
import { htmlToText } from '#shared/logic/html.ts'
import { comparable, equalNormalised, normalise } from '#shared/logic/normalise.ts'
import { truncate } from '#shared/logic/text.ts'

const toSalesforce = { to: 'salesforce' } as const
const toConnectwise = { to: 'connectwise' } as const

describe('phones', () => {
  test.each(['(312) 555-0142', '312.555.0142', '+1 312 555 0142', '3125550142', '1-312-555-0142'])(
    '%s is one number',
    (text) => {
      expect(comparable(text, 'phone')).toBe('tel:+13125550142')
      expect(normalise(text, 'phone', toConnectwise)).toBe('(312) 555-0142')
    },
  )

  test('extensions count', () => {
    expect(equalNormalised('312-555-0142 x44', '(312) 555-0142 ext. 44', 'phone')).toBe(true)
    expect(equalNormalised('312-555-0142 x44', '312-555-0142', 'phone')).toBe(false)
  })

  test('foreign numbers are written with their country code, home ones without', () => {
    expect(normalise('+44 20 7946 0958', 'phone', toSalesforce)).toBe('+44 20 7946 0958')
    expect(normalise('+442079460958', 'phone', { to: 'salesforce', phoneCountry: 'GB' })).toBe('020 7946 0958')
    expect(normalise('+13125550142', 'phone', { to: 'salesforce', phoneCountry: 'ZZ' })).toBe('+1 312 555 0142')
  })

  test('what is no number is kept', () => {
    expect(normalise(' ask   reception ', 'phone', toSalesforce)).toBe('ask reception')
    expect(normalise('555', 'phone', toSalesforce)).toBe('555')
  })
})

describe('dates', () => {
  test('a day stays that day in both directions', () => {
    expect(normalise('2026-05-01', 'date', toConnectwise)).toBe('2026-05-01T00:00:00Z')
    expect(normalise('2026-05-01T00:00:00Z', 'date', toSalesforce)).toBe('2026-05-01')
    expect(normalise('2026-03-29T00:00:00+11:00', 'date', toSalesforce)).toBe('2026-03-29')
    expect(equalNormalised('2026-05-01', '2026-05-01T00:00:00Z', 'date')).toBe(true)
  })

  test('what is no day is left for the other system to refuse', () => {
    expect(normalise('2026-02-31', 'date', toConnectwise)).toBe('2026-02-31')
    expect(normalise('soon', 'date', toConnectwise)).toBe('soon')
  })
})

test('numbers and booleans are read from text', () => {
  expect(
    ['12.50', '$1,250.75', ' -3 ', '1e3', 'abc', '1,25'].map((text) => normalise(text, 'number', toSalesforce)),
  ).toEqual([12.5, 1250.75, -3, 1000, 'abc', '1,25'])
  expect(['Yes', 'false', 1, 0, 'maybe'].map((value) => normalise(value, 'boolean', toSalesforce))).toEqual([
    true,
    false,
    true,
    false,
    'maybe',
  ])
})

test('e-mail case and address form do not count as a change', () => {
  expect(equalNormalised(' Ann@Example.COM', 'ann@example.com', 'email')).toBe(true)
  expect(normalise(' Ann@Example.COM', 'email', toSalesforce)).toBe('Ann@Example.COM')
  expect(equalNormalised('https://Www.Acme.com/', 'www.acme.com', 'url')).toBe(true)
  expect(equalNormalised('https://acme.com/A', 'https://acme.com/a', 'url')).toBe(false)
})

test('null, empty and blank text are one, zero and false are not', () => {
  expect(equalNormalised(null, '  ', 'none')).toBe(true)
  expect(equalNormalised(0, null, 'number')).toBe(false)
  expect(equalNormalised(false, null, 'boolean')).toBe(false)
})

describe('HTML', () => {
  test.each([
    ['<p>Dear&nbsp;Ann,</p><p>it <b>works</b>.<br/>Bye</p>', 'Dear Ann,\nit works.\nBye'],
    ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
    ['<style>p{color:red}</style>a<script>alert("<p>x</p>")</script>b', 'ab'],
    ['&lt;b&gt; &amp; &#39;x&#x27; &hellip; &unknown; &#xD800;', "<b> & 'x' … &unknown; &#xD800;"],
    ['a < b and c > d, x<y', 'a < b and c > d, x<y'],
    ['one\r\ntwo', 'one\ntwo'],
    ['<!-- hidden --><!DOCTYPE html>shown', 'shown'],
    ['<script>never closed', ''],
  ])('%s reads %j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  test('hostile HTML takes no time', () => {
    const startedAt = performance.now()
    for (const part of ['<', '<script>', '<!--', '&', '<p ', '<a <', ' \n']) htmlToText(part.repeat(10_000))
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('<', '>', '&', 'l', 't', ';', 'b', '/', 'p', ' ', '\r', '\n', '#', '3', '8', 'amp;'),
    maxLength: 40,
  }),
  fc.string({ unit: fc.constantFrom('+', '1', '2', '5', '(', ')', '-', ' ', 'x', '0'), maxLength: 20 }),
  fc
    .date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2060-01-01') })
    .map((day) => day.toISOString()),
)

test('writing a value never makes it look like another one, and writing it twice changes nothing more', () => {
  const system = fc.constantFrom('salesforce' as const, 'connectwise' as const)
  fc.assert(
    fc.property(anyText, fc.constantFrom(...normaliser.options), system, (text, kind, to) => {
      const written = normalise(text, kind, { to })
      expect(comparable(written, kind)).toEqual(comparable(text, kind))
      expect(equalNormalised(written, text, kind)).toBe(true)
      // HTML may show further HTML; all else is written once and for all.
      const again = kind === 'html-to-text' ? written : normalise(written, kind, { to })
      expect(again).toEqual(written)
    }),
    { numRuns: 5_000 },
  )
})

test('a cut text fits, ends in an ellipsis, splits no character and is not cut again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 0, max: 60 }), (text, limit) => {
      const cut = truncate(text, limit)
      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(truncate(cut, limit)).toBe(cut)
      expect(cut.isWellFormed()).toBe(true)
      const isEndRight = text.length <= limit ? cut === text : limit === 0 || cut.endsWith('…')
      expect(isEndRight).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

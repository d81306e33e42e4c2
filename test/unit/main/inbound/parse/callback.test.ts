import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findKeyUrl, parseCallback } from '#main/inbound/parse/callback.ts'
import { isObject, parseJson } from '#main/inbound/parse/json-text.ts'

const noQuery = new URLSearchParams()

function read(item: object, query = noQuery) {
  const parsed = parseJson(JSON.stringify(item))
  if (!parsed.ok || !isObject(parsed.value)) throw new Error('not an object')
  return parseCallback(parsed.value, Buffer.from('raw'), query, 'PatchbayAPI')
}

const callback = {
  Action: 'updated',
  ID: 42,
  Type: 'Company',
  MemberId: 'patchbayapi',
  MessageId: '2c1e7c05-1f0a-4b0e-9f0e-000000000001',
  Entity: JSON.stringify({ id: 42, name: 'Northwind', _info: { lastUpdated: '2026-03-01T10:20:30Z' } }),
  Metadata: { key_url: 'https://cw.example.com/v4_6_release//system/callbackkey/index.rails?companyName=x&id=1' },
}

describe('parseCallback', () => {
  test('reads a callback as a thin event', () => {
    expect(read(callback)).toEqual({
      ok: true,
      value: {
        content: {
          recordId: '42',
          entity: 'company',
          action: 'updated',
          title: 'Northwind',
          version: '2026-03-01T10:20:30.000Z',
          occurredAt: Date.UTC(2026, 2, 1, 10, 20, 30),
          actor: 'patchbayapi',
          ownMark: true,
          fields: null,
          full: false,
        },
        body: Buffer.from('raw'),
        ownKeys: ['cw:2c1e7c05-1f0a-4b0e-9f0e-000000000001'],
      },
    })
  })

  test('member names may be written any way', () => {
    const lower = Object.fromEntries(Object.entries(callback).map(([name, value]) => [name.toLowerCase(), value]))
    expect(read(lower)).toEqual(read(callback))
  })

  test.each([
    ['added', 'created'],
    ['Deleted', 'deleted'],
    ['merged', 'touched'],
  ])('%s becomes %s', (Action, action) =>
    expect(read({ ...callback, Action })).toMatchObject({ value: { content: { action } } }),
  )

  test.each([
    ['ticket', 'ticket'],
    ['TICKET', 'ticket'],
    ['Agreement', 'Agreement'],
  ])('type %s is entity %s', (Type, entity) =>
    expect(read({ ...callback, Type })).toMatchObject({ value: { content: { entity } } }),
  )

  test('falls back on what ConnectWise appends to the address', () => {
    expect(read({ Type: 'ticket' }, new URLSearchParams('recordId=7&action=deleted'))).toMatchObject({
      value: { content: { recordId: '7', action: 'deleted' } },
    })
  })

  test('a delete carries no summary', () => {
    expect(read({ ...callback, Action: 'deleted', Entity: null })).toMatchObject({
      value: { content: { action: 'deleted', title: null, version: null } },
    })
  })

  test('without a message id, the change itself is the key, if its version is known', () => {
    expect(read({ ...callback, MessageId: undefined })).toMatchObject({
      value: { ownKeys: ['cw:company:42:updated:2026-03-01T10:20:30.000Z'] },
    })
    expect(read({ ...callback, MessageId: undefined, Entity: 'not json' })).toMatchObject({ value: { ownKeys: [] } })
  })

  test.each([
    [{ ...callback, Type: undefined }, /Type/],
    [{ ...callback, ID: undefined }, /ID/],
    [{ ...callback, ID: '../1' }, /ID/],
  ])('refuses %j', (item, sentence) =>
    expect(read(item)).toMatchObject({
      ok: false,
      reason: { status: 400, sentence: expect.stringMatching(sentence) as unknown },
    }),
  )

  test('never throws, whatever the JSON', () => {
    const names = fc.constantFrom(
      'Type',
      'ID',
      'Entity',
      'Action',
      'Metadata',
      'MessageId',
      '_info',
      'key_url',
      'toString',
    )
    fc.assert(fc.property(fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.json())), (item) => void read(item)))
  })
})

describe('findKeyUrl', () => {
  test('finds it in one callback and in a list', () => {
    expect(findKeyUrl(callback)).toBe(callback.Metadata.key_url)
    expect(findKeyUrl([{ metadata: { KEY_URL: 'http://x/y' } }])).toBe('http://x/y')
  })

  test.each([
    null,
    1,
    [],
    {},
    { Metadata: null },
    { Metadata: { key_url: 1 } },
    { Metadata: { key_url: 'file:///etc/passwd' } },
    { Metadata: { key_url: `https://${'x'.repeat(2_100)}` } },
  ])('finds none in %j', (body) => expect(findKeyUrl(body)).toBeNull())
})

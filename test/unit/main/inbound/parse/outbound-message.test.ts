import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseOutboundMessage } from '#main/inbound/parse/outbound-message.ts'
import { notification, outboundMessage } from './outbound-message-text.ts'

function items(text: string) {
  const parsed = parseOutboundMessage(text)
  if (!parsed.ok) throw new Error(parsed.reason.sentence)
  return parsed.value
}

describe('parseOutboundMessage', () => {
  test('reads a notification', () => {
    const one = notification(
      1,
      '<sf:Name>Tom &amp; Zoë &#x1F600; &lt;b&gt;</sf:Name><sf:Phone xsi:nil="true"/><sf:Fax></sf:Fax><sf:SystemModstamp>2026-03-01T10:20:30.000Z</sf:SystemModstamp>',
    )
    const body = items(outboundMessage([one]))
    expect(body.organizationId).toBe('00D000000000062EAA')
    expect(body.items).toEqual([
      {
        content: {
          recordId: '001000000000001AAA',
          entity: 'Account',
          action: 'touched',
          title: 'Tom & Zoë 😀 <b>',
          version: '2026-03-01T10:20:30.000Z',
          occurredAt: Date.UTC(2026, 2, 1, 10, 20, 30),
          actor: null,
          ownMark: false,
          fields: {
            Id: '001000000000001AAA',
            Name: 'Tom & Zoë 😀 <b>',
            Phone: null,
            Fax: null,
            SystemModstamp: '2026-03-01T10:20:30.000Z',
          },
          full: false,
        },
        body: Buffer.from(one),
        ownKeys: ['om:04l000000000001AAA'],
      },
    ])
  })

  test('reads a hundred, each with its own part as body and without the session id', () => {
    const all = Array.from({ length: 100 }, (_, index) => notification(index, '<sf:Name>é</sf:Name>'))
    const body = items(outboundMessage(all).replaceAll('\n', '\r\n'))
    expect(body.items.map((item) => item.body.toString())).toEqual(all)
    expect(body.items.some((item) => item.body.includes('SECRET-SESSION'))).toBe(false)
  })

  test('any prefixes will do', () => {
    const text = outboundMessage([notification(1, '')])
      .replaceAll('soapenv', 's')
      .replaceAll('sf:', 'urn1:')
      .replaceAll('<notifications', '<n:notifications')
      .replaceAll('</notifications', '</n:notifications')
    expect(items(text).items[0]?.content.entity).toBe('Account')
  })

  test('keeps CDATA as it is', () => {
    expect(
      items(outboundMessage([notification(1, '<sf:Name>a &amp; <![CDATA[<b>&amp;]]></sf:Name>')])).items[0]?.content
        .title,
    ).toBe('a & <b>&amp;')
  })

  test.each([
    ['an external entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', /document type/],
    ['entities of entities', '<!doctype x [<!entity a "aaaa"><!entity b "&a;&a;&a;">]>', /document type/],
  ])('refuses %s', (_what, doctype, sentence) => {
    const text = outboundMessage([notification(1, '<sf:Name>&a;</sf:Name>')]).replace('<soapenv', `${doctype}<soapenv`)
    expect(parseOutboundMessage(text)).toMatchObject({
      ok: false,
      reason: { status: 400, code: 'not-xml', sentence: expect.stringMatching(sentence) as unknown },
    })
  })

  test('leaves an entity that nobody declared as it stands', () => {
    expect(items(outboundMessage([notification(1, '<sf:Name>&a; &#xD800;</sf:Name>')])).items[0]?.content.title).toBe(
      '&a; &#xD800;',
    )
  })

  test.each([
    ['broken XML', '<a><b></a>', 'not-xml'],
    ['no XML', '<', 'not-xml'],
    ['XML of another kind', '<a/>', 'bad-shape'],
    ['a message without notifications', outboundMessage([]), 'bad-shape'],
    ['a notification without an object', outboundMessage(['<Notification><Id>1</Id></Notification>']), 'bad-shape'],
    [
      'a name that could reach a prototype',
      outboundMessage([notification(1, '<sf:__proto__>x</sf:__proto__>')]),
      'not-xml',
    ],
    ['deep nesting', outboundMessage([notification(1, '<a>'.repeat(200) + '</a>'.repeat(200))]), 'not-xml'],
  ])('refuses %s', (_what, text, code) =>
    expect(parseOutboundMessage(text)).toMatchObject({ ok: false, reason: { status: 400, code } }),
  )

  test('never throws, whatever stands in a notification', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '<',
            '>',
            '/',
            '&',
            ';',
            'a',
            'sf:',
            '"',
            '=',
            ' ',
            '![CDATA[',
            ']]>',
            '#x41',
            'xsi:nil',
          ),
        }),
        (text) => void parseOutboundMessage(outboundMessage([notification(1, text)])),
      ),
    )
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', '?', '!', '-', 'a', ':', '"', '=') }),
        (text) => void parseOutboundMessage(`<${text}`),
      ),
    )
  })
})

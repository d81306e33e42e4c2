import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { ParsedBody } from '#main/inbound/parse/parsed.ts'
import { accepted } from '#main/inbound/parse/reason.ts'
import { checkOrganization, salesforceVerifier } from '#main/inbound/verify/salesforce.ts'
import { hmacKey, sign } from '#main/inbound/verify/signature.ts'
import type { Verdict } from '#main/inbound/verify/verdict.ts'
import { source as sourceSchema } from '#shared/domain/source.ts'
import type { SourceOf } from '#shared/domain/source.ts'

const raw = Buffer.from('{"a":1}')
const signature = (secret: string, bytes = raw): string => sign(hmacKey(secret), bytes)

function salesforceSource(settings: object = {}): SourceOf<'salesforce-webhook'> {
  const parsed = sourceSchema.parse({
    id: 'salesforce',
    name: 'Salesforce',
    kind: 'salesforce-webhook',
    settings: { connectionId: 'salesforce', ...settings },
  })
  if (parsed.kind !== 'salesforce-webhook') throw new Error('wrong kind')
  return parsed
}

function verify(secrets: Record<string, string>, headers: IncomingHttpHeaders, query = '') {
  return salesforceVerifier(
    salesforceSource(),
    secrets,
  )({ headers, raw, query: new URLSearchParams(query), unpacked: () => accepted(raw) })
}

describe('salesforceVerifier', () => {
  const both = { signingSecret: 'new', signingSecret2: 'old' }

  test.each([
    ['the first header and secret', { 'x-hookdeck-signature': signature('new') }],
    ['the second secret', { 'x-hookdeck-signature': signature('old') }],
    ['the second header', { 'x-hookdeck-signature': signature('gone'), 'x-hookdeck-signature-2': signature('new') }],
    [
      'second header and second secret',
      { 'x-hookdeck-signature': signature('gone'), 'x-hookdeck-signature-2': signature('old') },
    ],
  ])('takes %s while secrets are rotated', (_which, headers) => {
    expect(verify(both, { ...headers, 'x-hookdeck-eventid': 'evt_1' })).toEqual(
      accepted({ by: 'Hookdeck signature', hookdeckId: 'evt_1', outboundMessageOnly: false }),
    )
  })

  test('takes a direct callout, and no word of Hookdeck from it', () => {
    expect(
      verify({ hmacSecret: 's' }, { 'x-patchbay-signature': signature('s'), 'x-hookdeck-eventid': 'evt_1' }),
    ).toMatchObject({ ok: true, value: { hookdeckId: null } })
  })

  test.each([
    ['no signature', both, {}, /not signed/],
    ['a wrong signature', both, { 'x-hookdeck-signature': signature('other') }, /compare the signing secret/],
    [
      'two signatures in one header',
      both,
      { 'x-hookdeck-signature': `${signature('new')}, ${signature('new')}` },
      /does not fit/,
    ],
    [
      'a signature of other bytes',
      both,
      { 'x-hookdeck-signature': signature('new', Buffer.from('{"a":2}')) },
      /does not fit/,
    ],
    [
      'a signature nobody can check',
      {},
      { 'x-hookdeck-signature': signature('new') },
      /no Hookdeck signing secret is set/,
    ],
    [
      'the signature of an empty secret',
      { signingSecret: '' },
      { 'x-hookdeck-signature': signature('x') },
      /no Hookdeck signing secret is set/,
    ],
    [
      'a direct signature nobody can check',
      both,
      { 'x-patchbay-signature': signature('new') },
      /no HMAC secret is set/,
    ],
    [
      'a wrong direct signature',
      { hmacSecret: 's' },
      { 'x-patchbay-signature': signature('t') },
      /compare the HMAC secret/,
    ],
    [
      "Hookdeck's secret in the direct header",
      { hmacSecret: 's', ...both },
      { 'x-patchbay-signature': signature('new') },
      /does not fit/,
    ],
  ])('refuses %s', (_what, secrets, headers, sentence) => {
    expect(verify(secrets, headers)).toMatchObject({
      ok: false,
      reason: { status: 401, code: 'bad-signature', sentence: expect.stringMatching(sentence) as unknown },
    })
  })

  test('takes the token in the address where there is no signature, for Outbound Messages alone', () => {
    expect(verify({ pathToken: 'long-token' }, {}, 'token=long-token')).toMatchObject({
      ok: true,
      value: { outboundMessageOnly: true },
    })
    expect(verify({ pathToken: 'long-token' }, {}, 'token=other')).toMatchObject({ ok: false, reason: { status: 401 } })
    expect(verify({}, {}, 'token=')).toMatchObject({ ok: false })
    expect(verify({ pathToken: '' }, {}, 'token=')).toMatchObject({ ok: false })
    expect(
      verify({ pathToken: 'long-token', ...both }, { 'x-hookdeck-signature': 'x' }, 'token=long-token'),
    ).toMatchObject({ ok: false })
  })
})

describe('checkOrganization', () => {
  const byToken: Verdict = { by: 'token', hookdeckId: null, outboundMessageOnly: true }
  const signed: Verdict = { by: 'Hookdeck signature', hookdeckId: null, outboundMessageOnly: false }
  const message = (organizationId: string | null): ParsedBody => ({
    format: 'outbound-message',
    items: [],
    organizationId,
  })
  const mine = salesforceSource({ organizationId: '00D000000000062' })

  test('takes the configured organisation, in its short and its long form', () => {
    expect(checkOrganization(mine, byToken, message('00D000000000062EAA'))).toBeNull()
    expect(
      checkOrganization(
        salesforceSource({ organizationId: '00D000000000062EAA' }),
        signed,
        message('00D000000000062EAA'),
      ),
    ).toBeNull()
  })

  test('signed messages need no organisation', () =>
    expect(checkOrganization(salesforceSource(), signed, message('00D000000000062EAA'))).toBeNull())

  test.each([
    ['another organisation', mine, byToken, message('00D000000000099EAA')],
    ['another organisation, signed', mine, signed, message('00D000000000099EAA')],
    ['no organisation', mine, byToken, message(null)],
    ['a token alone', salesforceSource(), byToken, message('00D000000000062EAA')],
    ['JSON by token', mine, byToken, { format: 'json', items: [], organizationId: null } as const],
  ])('refuses %s', (_what, source, verdict, body) =>
    expect(checkOrganization(source, verdict, body)).toMatchObject({ status: 401, code: 'bad-signature' }),
  )
})

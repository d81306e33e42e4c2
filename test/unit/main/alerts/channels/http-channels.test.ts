import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createAddressGuard } from '#main/alerts/channels/address-guard.ts'
import type { ChannelSender, Sent } from '#main/alerts/channels/channel.ts'
import { beat } from '#main/alerts/channels/heartbeat.ts'
import { createHttpDoor, type HttpDoor } from '#main/alerts/channels/http-door.ts'
import { slack, slackPayload } from '#main/alerts/channels/slack.ts'
import { fillTemplate, sms, unfitTemplate, type SmsSettings } from '#main/alerts/channels/sms.ts'
import { teams, teamsPayload } from '#main/alerts/channels/teams.ts'
import { makeSigningSecret, webhook } from '#main/alerts/channels/webhook.ts'
import { answerJson, startLoopback, type Loopback, type Received } from '#test/unit/main/connectors/loopback.ts'
import { outgoing } from '#test/support/outgoing-message.ts'

const idle = new AbortController().signal
let peer: Loopback
let http: HttpDoor
let answer: (received: Received, response: ServerResponse) => void
beforeEach(async () => {
  answer = (_, response) => void response.writeHead(200).end('ok')
  peer = await startLoopback((received, response) => answer(received, response))
  http = createHttpDoor(systemClock, createAddressGuard(true))
})
afterEach(async () => {
  await http.close()
  await peer.close()
})

const send = (channel: ChannelSender, message = outgoing()): Promise<Sent> => channel.send(message, idle)
const bodyOf = (index = 0): unknown => JSON.parse(peer.received[index]?.body ?? 'null') as unknown

describe('slack', () => {
  it('sends a header, the sentences, where it is from, and the way back', async () => {
    expect(await send(slack(`${peer.url}/services/T/B/x`, http))).toEqual({ ok: true })
    expect(bodyOf()).toMatchObject({
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '🔴 Salesforce refuses the sign-in' } },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: 'Nothing is sent to Salesforce.\n&lt;b&gt;Jones &amp; Sons&lt;/b&gt; wait.',
          },
        },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'Critical · Patchbay' }] },
        { type: 'actions', elements: [{ type: 'button', url: 'http://127.0.0.1:7421/#/alerts/12' }] },
      ],
    })
  })

  it.each(['resolved', 'all-clear'] as const)('marks %s as good news, however grave it was', (reason) => {
    const words = JSON.stringify(slackPayload(outgoing({ reason })))
    expect(words).toContain('✅')
    expect(words).toContain('Resolved · Patchbay')
  })

  it('keeps within the limits of Block Kit, whatever it is to say', () => {
    const words = fc.string({ unit: fc.constantFrom('&', '<', 'a', '\n', '😀'), maxLength: 6_000, size: 'max' })
    fc.assert(
      fc.property(words, words, (title, body) => {
        const { blocks } = slackPayload(outgoing({ title, body })) as { blocks: Block[] }
        const textOf = (wanted: string) => blocks.find(({ type }) => type === wanted)?.text?.text ?? ''
        expect(textOf('header').length).toBeLessThanOrEqual(150)
        expect(textOf('section').length).toBeLessThanOrEqual(3_000)
        expect(textOf('section')).not.toMatch(/&(?!amp;|lt;|gt;)/u)
        expect(JSON.stringify(blocks)).not.toMatch(/\\ud[89ab]..(?!\\ud[c-f])/u)
      }),
      { numRuns: 60 },
    )
  })

  it('gives no button to an address that no browser opens', () => {
    const { blocks } = slackPayload(outgoing({ link: 'patchbay://alerts/12' })) as { blocks: Block[] }
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'context'])
    expect(JSON.stringify(blocks)).toContain('patchbay://alerts/12')
  })

  it.each([
    [404, 'no_service', 'This webhook was revoked or never existed in Slack.'],
    [410, 'channel_is_archived', 'The Slack channel of this webhook is archived.'],
    [403, 'action_prohibited', "The rules of the Slack workspace don't let this webhook post."],
  ])('says in words what %i %s means, and does not try again', async (status, words, sentence) => {
    answer = (_, response) => void response.writeHead(status).end(words)
    expect(await send(slack(peer.url, http))).toMatchObject({ ok: false, again: false, sentence })
  })
})

interface Block {
  readonly type: string
  readonly text?: { readonly text: string }
}

describe('teams', () => {
  it('sends an Adaptive Card with a button, marks in names taken literally', async () => {
    answer = (_, response) => void response.writeHead(202).end()
    expect(await send(teams(peer.url, http), outgoing({ title: 'The route *a_b* fails' }))).toEqual({ ok: true })
    expect(bodyOf()).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            body: [{ text: 'The route \\*a\\_b\\* fails', color: 'Attention' }, {}, {}, {}],
            actions: [{ type: 'Action.OpenUrl', url: 'http://127.0.0.1:7421/#/alerts/12' }],
          },
        },
      ],
    })
  })

  it.each(['resolved', 'all-clear'] as const)('marks %s as good news, however grave it was', (reason) => {
    const words = JSON.stringify(teamsPayload(outgoing({ reason })))
    expect(words).toContain('"color":"Good"')
    expect(words).toContain('Resolved · Patchbay')
  })

  it('stays below the 28 KB that Teams takes', () => {
    const long = outgoing({ title: '😀'.repeat(9_000), body: '😀'.repeat(90_000) })
    expect(Buffer.byteLength(JSON.stringify(teamsPayload(long)))).toBeLessThan(28 * 1_024)
  })

  it('says that the workflow is gone', async () => {
    answer = (_, response) => void response.writeHead(401).end('{"error":{"code":"DirectApiAuthorizationRequired"}}')
    expect(await send(teams(peer.url, http))).toMatchObject({
      again: false,
      fix: expect.stringContaining('Open the workflow') as string,
    })
  })
})

describe('webhook', () => {
  it('is signed as Standard Webhooks want it, under the same id each time', async () => {
    const signingSecret = makeSigningSecret()
    const channel = webhook({ url: peer.url, signingSecret }, http, systemClock)
    await send(channel)
    await send(channel)
    const verifier = new Webhook(signingSecret)
    for (const { body, headers } of peer.received) {
      const verified = verifier.verify(body, headers as Record<string, string>)
      expect(verified).toMatchObject({
        type: 'alert.opened',
        timestamp: '2026-01-31T12:00:00.000Z',
        data: { alertIds: [12] },
      })
      expect(headers['webhook-id']).toBe('msg_abc_7')
      expect(() => verifier.verify(`${body} `, headers as Record<string, string>)).toThrow(
        'No matching signature found',
      )
    }
    expect(peer.received).toHaveLength(2)
  })

  it.each([
    [500, true],
    [503, true],
    [429, true],
    [408, true],
    [400, false],
    [401, false],
    [404, false],
    [302, false],
  ])('that answers %i is tried again: %s', async (status, again) => {
    answer = (_, response) => void response.writeHead(status, { location: `${peer.url}/elsewhere` }).end('Sorry')
    const done = await send(webhook({ url: peer.url, signingSecret: makeSigningSecret() }, http, systemClock))
    expect(done).toMatchObject({
      ok: false,
      again,
      sentence: expect.stringContaining(`HTTP ${status}: Sorry`) as string,
    })
    expect(peer.received).toHaveLength(1)
  })

  it('is left alone for as long as it asks', async () => {
    answer = (_, response) => void response.writeHead(429, { 'retry-after': '120' }).end()
    const before = systemClock.now()
    const done = await send(slack(peer.url, http))
    expect(done.ok ? 0 : done.retryAt).toBeGreaterThanOrEqual(before + 120_000)
  })

  it('never shows its address, which is a secret, nor its signing secret', async () => {
    const signingSecret = makeSigningSecret()
    const url = `${peer.url}/hidden-path-of-it`
    answer = (_, response) => void response.writeHead(400).end(`No ${signingSecret} at ${url}`)
    const done = JSON.stringify(await send(webhook({ url, signingSecret }, http, systemClock)))
    expect(done).not.toContain('hidden-path')
    expect(done).not.toContain(signingSecret.slice(6))
  })

  it('that nobody answers at is tried again', async () => {
    const { url } = peer
    await peer.close()
    expect(await send(slack(url, http))).toMatchObject({ ok: false, again: true })
    peer = await startLoopback(() => undefined)
  })

  it('that answers with a page of several megabytes is not read to the end', async () => {
    answer = (_, response) => void response.writeHead(200).end('x'.repeat(3 * 1024 * 1024))
    expect(await send(slack(peer.url, http))).toMatchObject({ ok: false, again: false })
  })
})

const twilio: SmsSettings = {
  url: '',
  user: 'AC123',
  from: '+15550001',
  to: ['+15551111', '+15552222'],
  template: null,
}

describe('sms', () => {
  it('asks Twilio once for each recipient', async () => {
    answer = (_, response) => answerJson(response, 201, { sid: 'SM1' })
    expect(await send(sms({ ...twilio, url: `${peer.url}/` }, 'token', http))).toEqual({ ok: true })
    const forms = peer.received.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    const text = 'Patchbay: Salesforce refuses the sign-in\nNothing is sent to Salesforce.\n<b>Jones & Sons</b> wait.'
    expect(forms).toEqual(twilio.to.map((to) => ({ From: '+15550001', To: to, Body: text })))
    expect(peer.received[0]).toMatchObject({
      method: 'POST',
      url: '/2010-04-01/Accounts/AC123/Messages.json',
      headers: {
        authorization: `Basic ${Buffer.from('AC123:token').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
  })

  it('sends nobody the same text twice because another number failed', async () => {
    answer = ({ body }, response) =>
      body.includes('5551111')
        ? answerJson(response, 201, {})
        : answerJson(response, 400, { code: 21211, message: 'no' })
    const channel = sms({ ...twilio, url: peer.url }, 'token', http)
    const first = await send(channel)
    expect(first).toMatchObject({
      ok: false,
      again: false,
      reached: ['+15551111'],
      sentence: expect.stringContaining('+15552222: Twilio says that the number') as string,
    })
    await send(channel, outgoing({ reached: ['+15551111'] }))
    expect(peer.received.map(({ body }) => new URLSearchParams(body).get('To'))).toEqual([
      '+15551111',
      '+15552222',
      '+15552222',
    ])
  })

  it('reaches other gateways by a template, under a bearer token', async () => {
    const template = { contentType: 'application/json', body: '{"dest":"{to}","msg":"{text}","src":"{from}"}' } as const
    const settings = { ...twilio, url: `${peer.url}/send`, user: '', to: ['+1'], template }
    expect(await send(sms(settings, 'key', http), outgoing({ title: '{to} "quoted"', body: '' }))).toEqual({ ok: true })
    expect(bodyOf()).toEqual({ dest: '+1', msg: 'Patchbay: {to} "quoted"', src: '+15550001' })
    expect(peer.received[0]).toMatchObject({ url: '/send', headers: { authorization: 'Bearer key' } })
  })

  it('carries any text through a template unharmed', () => {
    const json = { contentType: 'application/json', body: '{"to":"{to}","text":"{text}","from":"{from}"}' } as const
    const form = { contentType: 'application/x-www-form-urlencoded', body: 'to={to}&text={text}&from={from}' } as const
    fc.assert(
      fc.property(
        fc.record({ to: fc.string(), text: fc.string({ unit: 'grapheme' }), from: fc.string() }),
        (values) => {
          expect(JSON.parse(fillTemplate(json, values))).toEqual(values)
          expect(Object.fromEntries(new URLSearchParams(fillTemplate(form, values)))).toEqual(values)
        },
      ),
    )
  })

  it.each([
    ['{"to":"{to}","text":"{text}"}', null],
    ['{"to":{to},"text":"{text}"}', expect.stringContaining('no JSON') as string],
    ['{"text":"{text}"}', expect.stringContaining('{to}') as string],
  ])('judges the template %s', (body, verdict) => {
    expect(unfitTemplate({ contentType: 'application/json', body })).toEqual(verdict)
  })
})

it('beats with a plain question', async () => {
  expect(await beat(`${peer.url}/ping/1`, http, idle)).toEqual({ ok: true })
  expect(peer.received).toMatchObject([{ method: 'GET', url: '/ping/1', body: '' }])
})

it('is stopped by its signal', async () => {
  const stop = new AbortController()
  answer = () => stop.abort()
  expect(await slack(peer.url, http).send(outgoing(), stop.signal)).toMatchObject({ ok: false, again: true })
})

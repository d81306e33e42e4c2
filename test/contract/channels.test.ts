import { Webhook } from 'standardwebhooks'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addNotification } from '#main/store/notifications.ts'
import type { Contract } from '#shared/contract/contract.ts'
import type { Channel } from '#shared/domain/channel.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import { startLoopback, type Loopback } from '#test/unit/main/connectors/loopback.ts'
import { overTransport } from './over-transport.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { transports } from './transports.ts'

const hookId = 'hook' as ChannelId
const hook: Channel = { id: hookId, name: 'Our hook', enabled: true, kind: 'webhook', settings: {} }

describe.each(transports)('channels over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  let peer: Loopback
  let status: number
  overTransport(connect, (opened) => {
    ;({ workspaces, call } = opened)
  })
  beforeEach(async () => {
    status = 204
    peer = await startLoopback((_, response) => void response.writeHead(status).end())
  })
  afterEach(() => peer.close())

  const waiting = (channelId: ChannelId) =>
    workspaces.live.store.write((tx) =>
      addNotification(tx, {
        channelId,
        reason: 'opened',
        alertIds: [],
        message: { severity: 'critical', title: 'It is down', body: '', hash: '#/alerts/1' },
        madeAt: 1_000,
        notBefore: Date.now() + 3_600_000,
      }),
    )

  it('has one on this computer from the start', async () => {
    expect(await call.channels.list()).toMatchObject([
      { channel: { id: 'toast', kind: 'toast', enabled: true }, secrets: {}, lastSentAt: null, failing: null },
    ])
    expect(await call.channels.test({ id: 'toast' as ChannelId })).toMatchObject({ ok: true, fix: null })
  })

  it('keeps secrets to itself, but for a signing secret that it makes anew', async () => {
    await call.channels.save({ channel: hook, secrets: { url: `${peer.url}/x` } })
    const listed = await call.channels.list()
    expect(listed.find(({ channel }) => channel.id === hookId)).toMatchObject({
      channel: hook,
      secrets: { url: { set: true }, signingSecret: { set: true } },
    })
    expect(JSON.stringify(listed)).not.toContain(peer.url)
    const { signingSecret } = await call.channels.renewSecret({ id: hookId })
    expect(await call.channels.test({ id: hookId })).toEqual({
      ok: true,
      sentence: 'The webhook took the message.',
      fix: null,
    })
    const [received] = peer.received
    expect(
      new Webhook(signingSecret).verify(received?.body ?? '', received?.headers as Record<string, string>),
    ).toMatchObject({ type: 'alert.test', data: { title: 'This is a test' } })
    expect(workspaces.live.auditLog().map(({ who: by, action }) => [by, action])).toEqual([
      [who, 'save'],
      [who, 'save'],
      [who, 'test'],
    ])
    const audited = JSON.stringify((await call.audit.list({})).items)
    expect(audited).toContain('Secrets set: url, signingSecret.')
    expect(audited).not.toContain(peer.url)
    await expect(call.channels.renewSecret({ id: 'toast' as ChannelId })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('tells a failed test with cause and fix, and shows it at the channel until something gets through', async () => {
    await call.channels.save({ channel: hook, secrets: { url: peer.url } })
    status = 404
    const failed = await call.channels.test({ id: hookId })
    expect(failed).toEqual({
      ok: false,
      sentence: 'There is nothing at this address any more (HTTP 404).',
      fix: 'Have the service make a new address, and enter it here.',
    })
    const found = async () => (await call.channels.list()).find(({ channel }) => channel.id === hookId)
    expect(await found()).toMatchObject({ failing: { sentence: failed.sentence, fix: failed.fix } })
    status = 200
    await call.channels.test({ id: hookId })
    expect(await found()).toMatchObject({ failing: null })
    expect((await call.notifications.list({})).items).toMatchObject([
      { channelId: hookId, reason: 'test', state: 'sent', attempts: 0, title: 'This is a test' },
      { channelId: hookId, reason: 'test', state: 'failed', attempts: 1, failure: failed.sentence },
    ])
  })

  it.each([
    ['without an address', hook, {}, 'Enter the address'],
    ['into the own network', hook, { url: 'https://192.168.1.9/hook' }, 'own network'],
    ['in the clear', hook, { url: 'http://example.com/hook' }, 'https://'],
    ['with a signing secret that is none', hook, { url: 'https://example.com', signingSecret: 'secret' }, 'whsec_'],
    ['with a secret of another kind', hook, { url: 'https://example.com', token: 'x' }, 'no secret token'],
    [
      'of mail in the clear to another computer',
      {
        ...hook,
        kind: 'email' as const,
        settings: {
          host: 'mail.msp.test',
          port: 25,
          security: 'none' as const,
          user: null,
          from: 'a@b.test',
          to: ['c@d.test'],
        },
      },
      {},
      'STARTTLS',
    ],
  ])('refuses a channel %s', async (_what, channel, secrets, told) => {
    await expect(call.channels.save({ channel, secrets })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining(told) as string,
    })
    expect(await call.channels.list()).toHaveLength(1)
  })

  it('says what became of notifications when a channel is switched off or removed', async () => {
    await call.channels.save({ channel: hook, secrets: { url: peer.url } })
    await waiting(hookId)
    await call.channels.save({ channel: { ...hook, enabled: false } })
    await call.channels.save({ channel: hook })
    await waiting(hookId)
    expect(await call.channels.remove({ id: hookId })).toEqual({ removed: true })
    expect(await call.channels.remove({ id: hookId })).toEqual({ removed: false })
    const told = await call.notifications.list({ channelId: hookId })
    expect(told.items).toMatchObject([
      { state: 'failed', nextAt: null, failure: 'The channel was removed before this was sent.' },
      { state: 'failed', nextAt: null, failure: 'Our hook was switched off before this was sent.' },
    ])
    await expect(call.channels.test({ id: hookId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(workspaces.live.store.read((tx) => tx.all('select * from secrets'))).toEqual([])
  })

  it('takes a removed channel out of the rules that name it', async () => {
    await call.channels.save({ channel: hook, secrets: { url: peer.url } })
    const { store } = workspaces.live
    await store.write((tx) =>
      tx.run(
        `insert into alert_rules (id, document, saved_at) values ('r', '{"name":"R","channels":["toast","hook"]}', 1)`,
      ),
    )
    await call.channels.remove({ id: hookId })
    expect(store.read((tx) => tx.get('select document from alert_rules'))).toEqual({
      document: '{"name":"R","channels":["toast"]}',
    })
  })
})

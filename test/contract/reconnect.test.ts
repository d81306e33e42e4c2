import { afterEach, beforeEach, expect, it } from 'vitest'
import { clientOver, type HostClient } from '#renderer/client/host-client.ts'
import type { HostLink } from '#renderer/client/host-link.ts'
import type { LinkState } from '#renderer/client/host-session.ts'
import { takeToken } from '#renderer/client/token.ts'
import { connectWebSocket } from '#renderer/client/web-socket.ts'
import type { RunningHost } from '#main/host/loopback.ts'
import { until } from '#test/support/until.ts'
import { insertEvent } from './rows.ts'
import { Messages } from './stream.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost, token } from './transports.ts'

let workspaces: TestWorkspaces
let host: RunningHost
let client: HostClient

beforeEach(async () => {
  workspaces = new TestWorkspaces()
  host = await openHost(workspaces)
  client = clientOver(connectWebSocket({ url: `ws://127.0.0.1:${host.port}/rpc`, token }))
})

afterEach(async () => {
  client.close()
  await host.close()
  await workspaces.close()
})

it('finds a restarted host again and goes on watching', async () => {
  const messages = new Messages()
  const states: LinkState[] = []
  const stop = client.watch(messages.add, (state) => states.push(state))
  const hello = await messages.find('hello')
  await host.close()
  await until('the break to be noticed', () => states.at(-1) === 'lost')
  host = await openHost(workspaces, [], host.port)
  const second = await messages.find('hello', ({ seq }) => seq > hello.seq)
  expect(second.resumed).toBe(false)
  await workspaces.live.store.write((tx) => insertEvent(tx))
  await messages.find('events')
  expect(states).toEqual(['connecting', 'open', 'lost', 'open'])
  stop()
})

it('goes on where it was when only the connection broke', async () => {
  const connect = connectWebSocket({ url: `ws://127.0.0.1:${host.port}/rpc`, token })
  const links: HostLink[] = []
  const watcher = clientOver(async (signal) => {
    const link = await connect(signal)
    links.push(link)
    return link
  })
  const messages = new Messages()
  const stop = watcher.watch(messages.add, () => undefined)
  await messages.find('hello')
  await workspaces.live.store.write((tx) => insertEvent(tx))
  const { seq } = await messages.find('events')
  links[0]?.close()
  const missed = await workspaces.live.store.write((tx) => insertEvent(tx))
  expect(await messages.find('hello', (message) => message.resumed)).toMatchObject({ seq })
  const rest = await messages.find('events', (message) => message.seq > seq)
  expect(rest.events.map((event) => event.id)).toEqual([missed])
  stop()
  watcher.close()
})

it('makes a call that was asked for while the host was away, once it is back', async () => {
  await client.call.health.get()
  await host.close()
  const call = until('the call to be answered', () => client.call.health.get().catch(() => null))
  host = await openHost(workspaces, [], host.port)
  expect((await call).state).toBe('ok')
})

it('fails a call that was under way when the connection broke', async () => {
  await client.call.health.get()
  workspaces.live.testConnection = () => new Promise(() => undefined)
  const call = client.call.connections.test({ id: 'connectwise' as never })
  const outcome = call.then(
    () => 'answered',
    () => 'failed',
  )
  await until('the call to arrive', () => client.call.health.get())
  await host.close()
  expect(await outcome).toBe('failed')
  host = await openHost(workspaces, [], host.port)
})

it('says so and stops trying when the token does not fit', async () => {
  const stranger = clientOver(connectWebSocket({ url: `ws://127.0.0.1:${host.port}/rpc`, token: 'another' }))
  const states: LinkState[] = []
  const refusals: (string | undefined)[] = []
  const stop = stranger.watch(
    () => undefined,
    (state, refusal) => {
      states.push(state)
      refusals.push(refusal)
    },
  )
  await expect(stranger.call.health.get()).rejects.toThrow('open the console again')
  expect(states).toEqual(['connecting', 'lost'])
  expect(refusals).toEqual([undefined, expect.stringContaining('open the console again')])
  stop()
  stranger.close()
})

it('takes the token out of the address and keeps it for a reload', () => {
  const kept = new Map<string, string>()
  let shown = ''
  const page = (url: string) => ({
    location: new URL(url) as unknown as Location,
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, address: string) => void (shown = address),
    } as unknown as History,
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    } as unknown as Storage,
  })
  expect(takeToken(page('http://127.0.0.1:7421/'))).toBeNull()
  expect(takeToken(page('http://127.0.0.1:7421/?x=1#token=abc-_1'))).toBe('abc-_1')
  expect(shown).toBe('/?x=1')
  expect(takeToken(page('http://127.0.0.1:7421/#/live'))).toBe('abc-_1')
})

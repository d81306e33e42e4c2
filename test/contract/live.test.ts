import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedLength } from '#main/host/live-feed.ts'
import type { RunningHost } from '#main/host/loopback.ts'
import type { LiveMessage } from '#shared/contract/live.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { HostClient } from '#renderer/client/host-client.ts'
import { insertEvent } from './rows.ts'
import { Messages } from './stream.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost, transports } from './transports.ts'

const ignore = () => undefined
const nothing = () => Promise.resolve()

describe.each(transports.filter(({ name }) => name !== 'REST'))('the live stream over $name', ({ connect }) => {
  let workspaces: TestWorkspaces
  let host: RunningHost
  let client: HostClient

  beforeEach(async () => {
    workspaces = new TestWorkspaces()
    host = await openHost(workspaces)
    client = connect(host).client as HostClient
  })

  afterEach(async () => {
    client.close()
    await host.close()
    await workspaces.close()
  })

  const add = (count: number) =>
    workspaces.live.store.write((tx) => Array.from({ length: count }, () => insertEvent(tx)))

  /** Reads a stream from its hello on until `enough` ids have come; `meanwhile` begins once the hello is there. */
  async function take(
    enough: number,
    { after, meanwhile = nothing }: { after?: number; meanwhile?: () => Promise<unknown> } = {},
  ) {
    const stop = new AbortController()
    const stream = await client.call.live.watch(after === undefined ? {} : { after }, { signal: stop.signal })
    const ids: EventId[] = []
    const messages: LiveMessage[] = []
    let work: Promise<unknown> | null = null
    for await (const message of stream) {
      messages.push(message)
      work ??= meanwhile()
      if (message.type === 'events') ids.push(...message.events.map((event) => event.id))
      if (ids.length >= enough) break
    }
    await work
    stop.abort()
    return { ids, messages, reached: messages.at(-1)?.seq ?? 0 }
  }

  it('begins with a hello and goes on with what happens', async () => {
    await add(3)
    const messages = new Messages()
    const stop = client.watch(messages.add, ignore)
    const hello = await messages.find('hello')
    expect(messages.all[0]).toBe(hello)
    expect(hello).toMatchObject({ resumed: false, version: '0.1.0', health: { state: 'ok' } })
    const [id] = await add(1)
    const { events, seq } = await messages.find('events')
    expect(events.map((event) => event.id)).toEqual([id])
    expect(seq).toBeGreaterThan(hello.seq)
    stop()
  })

  it('sends an event that changed often once, in its newest state', async () => {
    const [id] = await add(1)
    const messages = new Messages()
    const stop = client.watch(messages.add, ignore)
    await messages.find('hello')
    const started = performance.now()
    const setState = (state: string) =>
      workspaces.live.store.write((tx) => {
        tx.run('update events set state = ? where id = ?', state, id as EventId)
        tx.notes.events.add(id as EventId)
      })
    for (const state of ['stored', 'open', 'open', 'dead', 'open', 'delivered']) await setState(state)
    await messages.find('events', ({ events }) => events[0]?.state === 'delivered')
    const told = messages.all.filter((message) => message.type === 'events')
    expect(told.every(({ events }) => events.length === 1)).toBe(true)
    expect(told.length).toBeLessThanOrEqual(2 + (performance.now() - started) / 100)
    stop()
  })

  it('sends at most ten messages a second, whatever happens', async () => {
    const started = performance.now()
    const addSlowly = async () => {
      for (let added = 0; added < 400; added += 2) await add(2)
    }
    const { ids, messages } = await take(400, { meanwhile: addSlowly })
    expect(new Set(ids).size).toBe(400)
    expect(messages.length).toBeLessThanOrEqual(3 + (performance.now() - started) / 100)
  })

  it('goes on where the client was cut off', async () => {
    const before = await take(2, { meanwhile: () => add(2) })
    const missed = await add(4)
    const rest = await take(4, { after: before.reached })
    expect(rest.messages[0]).toMatchObject({ type: 'hello', resumed: true, seq: before.reached })
    expect(rest.ids).toEqual(missed)
  })

  it('tells a client that was away too long to load anew', async () => {
    const { reached } = await take(0)
    await add(feedLength + 1)
    for (const after of [reached, reached + 1e12, 5]) {
      expect((await take(0, { after })).messages[0]).toMatchObject({ type: 'hello', resumed: false })
    }
  })

  it('pushes health when it changed', async () => {
    const messages = new Messages()
    const stop = client.watch(messages.add, ignore)
    await messages.find('hello')
    workspaces.live.healthState = 'degraded'
    await workspaces.live.store.write((tx) => void (tx.notes.health = true))
    expect((await messages.find('health')).health.state).toBe('degraded')
    stop()
  })

  it('says hello anew when the workspace is switched', async () => {
    const messages = new Messages()
    const stop = client.watch(messages.add, ignore)
    const hello = await messages.find('hello')
    await client.call.sandbox.start({})
    const second = await messages.find('hello', ({ seq }) => seq > hello.seq)
    expect(second.resumed).toBe(false)
    const id = await workspaces.sandbox.store.write((tx) => insertEvent(tx, { title: 'made up' }))
    const { events } = await messages.find('events')
    expect(events).toMatchObject([{ id, title: 'made up' }])
    stop()
  })

  it('holds nothing for a client that stopped watching', async () => {
    const messages = new Messages()
    const stop = client.watch(messages.add, ignore)
    await messages.find('hello')
    stop()
    await client.call.health.get()
    const count = messages.all.length
    await add(1)
    await take(0)
    expect(messages.all).toHaveLength(count)
  })
})

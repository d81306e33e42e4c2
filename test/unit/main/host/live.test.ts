import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { openHostContext, type HostContext } from '#main/host/host-context.ts'
import { watchLive } from '#main/host/live.ts'
import { feedLength } from '#main/host/live-feed.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import type { LiveMessage } from '#shared/contract/live.ts'
import { insertEvent } from '#test/contract/rows.ts'
import { TestWorkspaces } from '#test/contract/test-workspaces.ts'

let workspaces: TestWorkspaces
let host: HostContext
const leave = new AbortController()

beforeEach(() => {
  workspaces = new TestWorkspaces()
  host = openHostContext(workspaces, systemClock, { warn: () => undefined, error: () => undefined })
})

afterEach(async () => {
  await host.close()
  await workspaces.close()
})

/** The next message of a stream that must not have ended. */
async function next(stream: ReturnType<typeof watchLive>): Promise<LiveMessage> {
  const { done, value } = await stream.next()
  if (done === true) throw new Error('the stream has ended')
  return value
}

const add = (count: number) => workspaces.live.store.write((tx) => Array.from({ length: count }, () => insertEvent(tx)))

it('makes nothing ahead for a watcher that does not take it', async () => {
  const stream = watchLive(host, undefined, leave.signal)
  await stream.next()
  const [id] = await add(1)
  await workspaces.live.store.write((tx) => {
    tx.run(`update events set state = 'delivered' where id = ?`, id ?? 0)
    tx.notes.events.add(id as NonNullable<typeof id>)
  })
  expect(await next(stream)).toMatchObject({ type: 'events', events: [{ id, state: 'delivered' }] })
  await stream.return()
})

it('asks a watcher that fell too far behind to load anew', async () => {
  const stream = watchLive(host, undefined, leave.signal)
  const first = await next(stream)
  await add(feedLength + 5)
  const second = await next(stream)
  expect(second).toMatchObject({ type: 'hello', resumed: false })
  expect(second.seq).toBeGreaterThan(first.seq)
  await add(1)
  expect(await next(stream)).toMatchObject({ type: 'events', events: [{ id: feedLength + 6 }] })
  await stream.return()
})

it('does not let a stream of events hold back health', async () => {
  const stream = watchLive(host, undefined, leave.signal)
  await stream.next()
  await workspaces.live.store.write((tx) => {
    insertEvent(tx)
    tx.notes.health = true
  })
  expect((await next(stream)).type).toBe('health')
  expect((await next(stream)).type).toBe('events')
  await stream.return()
})

it('shows a message to those who watch, and to nobody who comes later', async () => {
  const stream = watchLive(host, undefined, leave.signal)
  const { seq } = await next(stream)
  expect(await workspaces.live.channels.test('toast' as ChannelId, 'console')).toMatchObject({ value: { ok: true } })
  const message = await next(stream)
  expect(message).toMatchObject({ type: 'toast', toast: { reason: 'test', title: 'This is a test', hash: '#/alerts' } })
  await stream.return()
  const late = watchLive(host, seq, leave.signal)
  await late.next()
  await add(1)
  expect((await next(late)).type).toBe('events')
  await late.return()
})

it('ends when the watcher leaves, also while nothing happens', async () => {
  const left = new AbortController()
  const stream = watchLive(host, undefined, left.signal)
  await stream.next()
  const end = stream.next()
  left.abort()
  expect(await end).toEqual({ done: true, value: undefined })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelSender, OutgoingMessage, SendFailure, Sent } from '#main/alerts/channels/channel.ts'
import { Notifier, type NotifierPorts } from '#main/alerts/notifier.ts'
import { giveUpMs, waitMs } from '#main/alerts/retry-wait.ts'
import { deleteChannel, loadChannel, saveChannel } from '#main/store/channels.ts'
import { addNotification, type NewNotification } from '#main/store/notifications.ts'
import type { Store } from '#main/store/store.ts'
import type { Channel } from '#shared/domain/channel.ts'
import type { ChannelId, NotificationId } from '#shared/domain/ids.ts'
import { createStillClock } from '#test/unit/main/connectors/loopback.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'

const a = 'a' as ChannelId
const b = 'b' as ChannelId
const trouble: SendFailure = { ok: false, sentence: 'It has trouble.', fix: null, again: true }
const minute = 60_000

let store: Store
let close: () => Promise<void>
let clock: ReturnType<typeof createStillClock>
let notifier: Notifier
let sent: { channel: ChannelId; message: OutgoingMessage }[]
let bugs: unknown[]
/** What each channel does with a message. */
let answers: Record<string, (message: OutgoingMessage, signal: AbortSignal) => Sent | Promise<Sent>>
let mayWrite: boolean

beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  clock = createStillClock()
  sent = []
  bugs = []
  answers = {}
  mayWrite = true
  notifier = newNotifier()
  await store.write((tx) => [a, b].forEach((id) => saveChannel(tx, channelOf(id), 1)))
})
afterEach(async () => {
  await notifier.stop()
  await close()
  expect(bugs).toEqual([])
})

function channelOf(id: ChannelId, enabled = true): Channel {
  return { id, name: `Channel ${id}`, enabled, kind: 'slack', settings: {} }
}

function newNotifier(ports: Partial<NotifierPorts> = {}): Notifier {
  const open = ({ id }: Channel): ChannelSender => ({
    send: async (message, signal) => {
      sent.push({ channel: id, message })
      return (await answers[id]?.(message, signal)) ?? { ok: true }
    },
  })
  return new Notifier({
    store,
    clock,
    open,
    mayWrite: () => mayWrite,
    linkTo: (hash) => `http://127.0.0.1:7421/${hash}`,
    random: () => 0.5,
    onBug: (error) => bugs.push(error),
    ...ports,
  })
}

function tell(channelId: ChannelId, overrides: Partial<NewNotification> = {}): Promise<NotificationId> {
  const message = { severity: 'warning', title: 'T', body: 'B', hash: '#/alerts/1' } as const
  const now = clock.now()
  return store.write((tx) =>
    addNotification(tx, {
      channelId,
      reason: 'opened',
      alertIds: [],
      message,
      madeAt: now,
      notBefore: now,
      ...overrides,
    }),
  )
}

interface Row {
  readonly state: string
  readonly attempts: number
  readonly next_at: number | null
  readonly failure: string | null
}

function row(id: NotificationId): Row {
  return store.read((tx) =>
    tx.get<Row>('select state, attempts, next_at, failure from notifications where id = ?', id),
  ) as Row
}

/** Kicks, and waits until nothing is under way any more. */
async function work(one = notifier): Promise<void> {
  one.kick()
  await until('the notifier to rest', () => one.isIdle)
}

describe('the notifier', () => {
  it('sends what is due, with a way back, and marks it', async () => {
    const id = await tell(a)
    await work()
    expect(sent).toMatchObject([{ channel: a, message: { title: 'T', link: 'http://127.0.0.1:7421/#/alerts/1' } }])
    expect(row(id)).toMatchObject({ state: 'sent', attempts: 0, next_at: null })
    expect(store.read((tx) => loadChannel(tx, a))).toMatchObject({ lastSentAt: clock.now(), failing: null })
  })

  it('waits for quiet hours to end', async () => {
    const id = await tell(a, { notBefore: clock.now() + 5 * minute })
    await work()
    expect(row(id).state).toBe('waiting')
    clock.advance(5 * minute)
    await work()
    expect(row(id).state).toBe('sent')
  })

  it('tries again with growing waits under the same id, and is well again afterwards', async () => {
    answers[a] = () => (sent.length < 4 ? trouble : { ok: true })
    const id = await tell(a)
    const waits: number[] = []
    for (let attempt = 1; attempt <= 3; attempt++) {
      await work()
      expect(row(id)).toMatchObject({ state: 'waiting', attempts: attempt, failure: 'It has trouble.' })
      waits.push((row(id).next_at ?? 0) - clock.now())
      clock.advance(waits.at(-1) ?? 0)
    }
    expect(waits).toEqual([1, 2, 3].map((attempt) => waitMs(attempt, () => 0.5)))
    expect(store.read((tx) => loadChannel(tx, a))?.failing).toMatchObject({ sentence: 'It has trouble.' })
    await work()
    expect(row(id).state).toBe('sent')
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1)
    expect(store.read((tx) => loadChannel(tx, a))?.failing).toBeNull()
  })

  it('waits for as long as it is asked to, with everything for that channel', async () => {
    const retryAt = clock.now() + 45 * minute
    answers[a] = () => ({ ...trouble, retryAt })
    const ids = [await tell(a), await tell(a)]
    await work()
    expect(sent).toHaveLength(1)
    expect(ids.map((id) => row(id).next_at)).toEqual([retryAt, retryAt])
  })

  it('gives up what can be helped by no try, and what has been tried for a day', async () => {
    answers[a] = () => ({ ...trouble, again: false, sentence: 'Revoked.', fix: 'Make a new one.' })
    const refused = await tell(a)
    await work()
    expect(row(refused)).toMatchObject({ state: 'failed', attempts: 1, failure: 'Revoked.', next_at: null })
    expect(store.read((tx) => loadChannel(tx, a))?.failing).toMatchObject({ fix: 'Make a new one.' })
    answers[b] = () => trouble
    const late = await tell(b, { madeAt: clock.now() - giveUpMs, notBefore: clock.now() - giveUpMs })
    await work()
    expect(row(late)).toMatchObject({ state: 'failed', failure: 'It has trouble. Patchbay gave it up after a day.' })
  })

  it('sends one at a time to each channel, and lets none wait for another one', async () => {
    const open: ((done: Sent) => void)[] = []
    answers[a] = () => new Promise((resolve) => open.push(resolve))
    await tell(a)
    await tell(a)
    const quick = await tell(b)
    notifier.kick()
    await until('the quick one', () => row(quick).state === 'sent')
    notifier.kick()
    expect(open).toHaveLength(1)
    open[0]?.({ ok: true })
    await until('the second', () => open[1])
    open[1]?.({ ok: true })
    await work()
    expect(sent.map(({ channel }) => channel)).toEqual([a, b, a])
  })

  it('lets one that can never get through hold up no other on the same channel', async () => {
    const poison = await tell(a, { message: { severity: 'info', title: 'poison', body: '', hash: '#/' } })
    answers[a] = ({ title }) => (title === 'poison' ? trouble : { ok: true })
    await work()
    const other = await tell(a)
    clock.advance(waitMs(1, () => 0.5))
    await work()
    expect(row(other).state).toBe('sent')
    expect(row(poison).state).toBe('waiting')
  })

  it('gives up what a removed or switched-off channel was to carry, and says why', async () => {
    await store.write((tx) => {
      saveChannel(tx, channelOf(a, false), 2)
      deleteChannel(tx, b)
    })
    const ids = [await tell(a), await tell(b)]
    await work()
    expect(sent).toEqual([])
    expect(ids.map(row)).toMatchObject([
      { state: 'failed', attempts: 0, failure: 'Channel a was switched off before this was sent.' },
      { state: 'failed', attempts: 0, failure: 'The channel was removed before this was sent.' },
    ])
  })

  it('sends again after a crash between sending and marking, under the same id', async () => {
    const id = await tell(a)
    const gone = newNotifier({
      open: () => ({ send: (message) => (sent.push({ channel: a, message }), new Promise(() => {})) }),
    })
    gone.kick()
    await until('the first sending', () => sent.length === 1)
    // The process dies here: nothing more comes of it.
    await work()
    expect(row(id).state).toBe('sent')
    expect(sent).toHaveLength(2)
    expect(sent[1]?.message).toEqual(sent[0]?.message)
  })

  it('never sends twice because the result could not be written down at first', async () => {
    const id = await tell(a)
    let broken = 2
    const write: Store['write'] = (job) =>
      sent.length > 0 && broken-- > 0 ? Promise.reject(new Error('disk')) : store.write(job)
    const careful = newNotifier({ store: { read: (look) => store.read(look), write }, writeAgainMs: 1 })
    careful.kick()
    await until('it to be marked', () => row(id).state === 'sent')
    await careful.stop()
    expect(sent).toHaveLength(1)
    expect(bugs.splice(0)).toHaveLength(2)
  })

  it('sends nothing before it is written down that it may have gone', async () => {
    const id = await tell(a)
    const write = () => Promise.reject(new Error('disk'))
    const careful = newNotifier({ store: { read: (look) => store.read(look), write }, writeAgainMs: 1 })
    careful.kick()
    await until('it to try again', () => bugs.length > 1)
    await careful.stop()
    expect(bugs.splice(0)).not.toEqual([])
    expect(sent).toEqual([])
    expect(row(id)).toMatchObject({ state: 'waiting', attempts: 0 })
  })

  it('sends nothing while the disk is full', async () => {
    mayWrite = false
    const id = await tell(a)
    await work()
    expect(sent).toEqual([])
    mayWrite = true
    await work()
    expect(row(id).state).toBe('sent')
  })

  it('ends within two seconds, and leaves what hangs for the next start', async () => {
    answers[a] = (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(trouble)))
    const id = await tell(a)
    const receipt = notifier.receipt(id)
    notifier.kick()
    await until('it to be under way', () => sent.length === 1)
    await notifier.stop()
    expect(row(id)).toMatchObject({ state: 'waiting', attempts: 0, failure: null })
    expect(await receipt).toMatchObject({ ok: false })
  })

  it('is not held up by times from before the clock was set back', async () => {
    const id = await tell(a, { madeAt: clock.now() + 9 * minute, notBefore: clock.now() + 9 * minute })
    await work()
    expect(row(id).state).toBe('sent')
  })
})

it('waits between half a minute and half an hour', () => {
  for (let attempt = 1; attempt < 40; attempt++) {
    for (const drawn of [0, 0.5, 0.999]) {
      expect(waitMs(attempt, () => drawn)).toBeGreaterThanOrEqual(30_000)
      expect(waitMs(attempt, () => drawn)).toBeLessThanOrEqual(30 * minute)
    }
  }
  expect(waitMs(9, () => 0.999)).toBeGreaterThan(25 * minute)
})

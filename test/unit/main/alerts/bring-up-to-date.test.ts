import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isStillNews, type Standing } from '#main/alerts/bring-up-to-date.ts'
import { byHand } from '#main/alerts/by-hand.ts'
import type { OutgoingMessage, Sent } from '#main/alerts/channels/channel.ts'
import { Notifier } from '#main/alerts/notifier.ts'
import type { Site } from '#main/alerts/site.ts'
import { Watch } from '#main/alerts/watch.ts'
import { LevelBook } from '#main/engine/telling/level-book.ts'
import { saveRule } from '#main/store/alerts.ts'
import { takeWithheld } from '#main/store/notifications.ts'
import type { Store } from '#main/store/store.ts'
import type { AlertId, ChannelId } from '#shared/domain/ids.ts'
import { minuteMs, minuteOf } from '#shared/logic/rule-history.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { createStillClock } from '#test/unit/main/connectors/loopback.ts'
import { heldRule } from '#test/support/held-rule.ts'

const connections = ['c0', 'c1'].map((id) => ({ id, name: `Site ${id}`, system: 'connectwise' as const }))
const site: Site = { connections, sources: [], routes: [] }
const clockText = (at: number): string => {
  const time = new Date(at)
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`
}

let store: Store
let close: () => Promise<void>
let clock: ReturnType<typeof createStillClock>
let sent: OutgoingMessage[]
let notifier: Notifier

beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  clock = createStillClock()
  sent = []
  notifier = newNotifier(() => Promise.resolve({ ok: true }))
  const start = minuteOf(clock.now())
  const rule = heldRule({
    quietHours: { from: clockText(start - 60 * minuteMs), to: clockText(start + 60 * minuteMs) },
  })
  await store.write((tx) => saveRule(tx, rule, 1))
})
afterEach(async () => {
  await notifier.stop()
  await close()
})

function newNotifier(ending: () => Promise<Sent>): Notifier {
  return new Notifier({
    store,
    clock,
    open: () => ({
      send: (message) => {
        sent.push(message)
        return ending()
      },
    }),
    mayWrite: () => true,
    linkTo: () => null,
    random: () => 0.5,
    onBug: (error) => expect.unreachable(String(error)),
  })
}

/** One more minute, in which these connections are held. */
async function minute(...held: readonly string[]): Promise<void> {
  clock.advance(minuteMs)
  const now = minuteOf(clock.now())
  await new LevelBook(store).note(now - minuteMs, [
    { metric: 'running', scope: 'all', id: '', value: 1 },
    ...connections.map(({ id }) => ({
      metric: 'held' as const,
      scope: 'connection' as const,
      id,
      value: held.includes(id) ? 1 : 0,
    })),
  ])
  await new Watch({ store, site: () => site, notify: () => undefined }).tick(now)
}

function acknowledge(id: number): Promise<unknown> {
  return store.write((tx) => byHand(tx, { now: clock.now(), site }).acknowledge(id as AlertId, '', 'console'))
}

/** Goes to the end of quiet hours, and lets the notifier work. */
async function morning(): Promise<void> {
  clock.advance(62 * minuteMs)
  await work()
}

async function work(): Promise<void> {
  notifier.kick()
  await until('the notifier to rest', () => notifier.isIdle)
}

const waiting = () => store.read((tx) => tx.all(`select 1 from notifications where state = 'waiting'`)).length
const stepsOf = (id: number) =>
  store
    .read((tx) => tx.all<{ what: string }>('select what from alert_steps where alert_id = ? order by id', id))
    .map(({ what }) => what)

describe('a message withheld for quiet hours', () => {
  it('goes as it was where nothing has changed', async () => {
    await minute('c0')
    await morning()
    expect(sent).toMatchObject([{ reason: 'opened', title: 'Held back: Site c0' }])
  })

  it('is dropped once somebody has acknowledged its alert, whether or not that is over by then', async () => {
    await minute('c0', 'c1')
    await acknowledge(1)
    await acknowledge(2)
    await minute('c0')
    await morning()
    expect(sent).toEqual([])
    expect(waiting()).toBe(0)
    expect(stepsOf(1)).toEqual(['opened', 'acknowledged', 'suppressed'])
    // Nobody has heard of the first, so nobody hears that it is over.
    await minute()
    await work()
    expect(sent).toEqual([])
  })

  it('tells of the others when one of them was acknowledged', async () => {
    await minute('c0', 'c1')
    await acknowledge(1)
    await morning()
    expect(sent).toMatchObject([{ reason: 'opened', title: 'Held back: Site c1', alertIds: [2] }])
  })

  it('says that it is over where it is', async () => {
    await minute('c0')
    await minute()
    await morning()
    expect(sent).toMatchObject([{ reason: 'resolved', title: 'Over: Held back: Site c0' }])
  })

  it('tells once of an alert whose rule got other quiet hours meanwhile', async () => {
    await minute('c0')
    await store.write((tx) =>
      tx.run(`update alert_rules set document = json_set(document, '$.quietHours', json('null'))`),
    )
    await minute()
    await morning()
    expect(sent.map(({ title }) => title)).toEqual(['Over: Held back: Site c0'])
  })
})

describe('a message that may be out already, as the relay ended in the middle of its sending', () => {
  beforeEach(async () => {
    await minute('c0')
    clock.advance(62 * minuteMs)
    newNotifier(() => new Promise(() => {})).kick()
    // The process dies here: nothing more comes of it.
    await until('it to be on its way', () => sent.length === 1)
    expect(sent).toMatchObject([{ reason: 'opened', alertIds: [1] }])
  })

  it('goes again as it was, whatever became of its alert, and so does the end of that', async () => {
    await acknowledge(1)
    await minute()
    clock.advance(minuteMs)
    await work()
    expect(sent[1]).toEqual(sent[0])
    expect(sent.slice(2)).toMatchObject([{ reason: 'resolved', title: 'Over: Held back: Site c0' }])
    expect(stepsOf(1)).toEqual(['opened', 'acknowledged', 'resolved'])
  })

  it('is not taken back to be told with what came since', async () => {
    const ear = { channelId: 'toast' as ChannelId, severity: 'warning' } as const
    const row = store.read((tx) => tx.get<{ at: number }>('select not_before as at from notifications'))
    expect(await store.write((tx) => takeWithheld(tx, ear, row?.at ?? 0))).toEqual([])
    await work()
    expect(sent[1]).toEqual(sent[0])
  })
})

const standing: Standing = { state: 'open', isAcknowledged: false, isToldLater: false, isToldBefore: false }

it.each<[string, Partial<Standing>, boolean]>([
  ['what is open', {}, true],
  ['what a later message tells', { isToldLater: true }, false],
  ['what somebody looks after', { state: 'acknowledged', isAcknowledged: true }, false],
  ['what somebody looks after although people have heard of it', { state: 'acknowledged', isToldBefore: true }, false],
  ['what is over and nobody looked after', { state: 'resolved' }, true],
  ['what somebody looked after before people heard of it', { state: 'resolved', isAcknowledged: true }, false],
  ['the end of what people have heard of', { state: 'resolved', isAcknowledged: true, isToldBefore: true }, true],
])('judges whether %s is still news', (_, overrides, isNews) => {
  expect(isStillNews({ ...standing, ...overrides })).toBe(isNews)
})

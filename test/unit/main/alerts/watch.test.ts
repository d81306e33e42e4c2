import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Site } from '#main/alerts/site.ts'
import { Watch } from '#main/alerts/watch.ts'
import { LevelBook } from '#main/engine/telling/level-book.ts'
import { loadRules, saveRule } from '#main/store/alerts.ts'
import { addTally } from '#main/store/metrics.ts'
import type { Store } from '#main/store/store.ts'
import { type AlertRule } from '#shared/domain/alert.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { heldRule } from '#test/support/held-rule.ts'

/** Two in the afternoon, by whatever clock the machine has. */
const afternoon = new Date(2026, 5, 10, 14, 0).getTime()
const connections = Array.from({ length: 7 }, (_, n) => ({
  id: `c${n}`,
  name: `Site ${n}`,
  system: 'connectwise' as const,
}))
const site: Site = { connections, sources: [], routes: [] }
const rule = heldRule({})

let store: Store
let close: () => Promise<void>
let now: number
let notified: number

beforeEach(() => {
  ;({ store, close } = temporaryStore())
  now = afternoon
  notified = 0
})
afterEach(() => close())

function save(...rules: readonly AlertRule[]): Promise<void> {
  return store.write((tx) => {
    for (const one of rules) saveRule(tx, one, 1)
  })
}

/** One more minute, in which these connections are held. */
async function minute(...held: readonly string[]): Promise<void> {
  now += minuteMs
  await new LevelBook(store).note(now - minuteMs, [
    { metric: 'running', scope: 'all', id: '', value: 1 },
    ...connections.map(({ id }) => ({
      metric: 'held' as const,
      scope: 'connection' as const,
      id,
      value: held.includes(id) ? 1 : 0,
    })),
  ])
  const watch = new Watch({ store, site: () => site, notify: () => (notified += 1) })
  expect(await watch.tick(now)).toBe(true)
  expect(await watch.tick(now)).toBe(false)
}

interface Told {
  readonly reason: string
  readonly title: string
  readonly body: string
  readonly hash: string
  readonly notBefore: number
}

function told(): readonly Told[] {
  return store.read((tx) =>
    tx
      .all<{ reason: string; message: string; notBefore: number }>(
        'select reason, message, next_at as notBefore from notifications order by id',
      )
      .map(({ message, ...one }) => ({ ...one, ...(JSON.parse(message) as Omit<Told, 'reason' | 'notBefore'>) })),
  )
}

const all = connections.map(({ id }) => id)

it('tells a few alerts of one minute in one message, and many in a summary', async () => {
  await save(rule)
  await minute('c0')
  await minute(...all)
  for (let n = 0; n < 15; n++) await minute(...all)
  await minute()
  expect(told().map(({ reason, title }) => [reason, title])).toEqual([
    ['opened', 'Held back: Site 0'],
    ['summary', '6 alerts: 6 open'],
    ['summary', '7 alerts: 7 over'],
  ])
  expect(told()[0]).toMatchObject({ hash: '#/alerts/1', place: { screen: 'connections', filter: 'connection:c0' } })
  expect(told()[2], 'what is over leads to what it was').not.toHaveProperty('place')
  expect(told()[0]?.body).toContain('Site 0 does not take deliveries')
  expect(told()[2]?.body.split('\n')).toHaveLength(6)
  expect(told()[2]?.body).toContain('And 2 more.')
  expect(notified).toBe(3)
})

it('gathers what comes for a quarter of an hour each once there is much', async () => {
  await save(rule)
  for (let n = 1; n <= 6; n++) await minute(...all.slice(0, n))
  expect(told().map(({ reason, title }) => [reason, title])).toEqual([
    ['opened', 'Held back: Site 0'],
    ['opened', 'Held back: Site 1'],
    ['storm', 'Held back: Site 2'],
    ['storm', 'Many warnings: 6 open'],
  ])
  const [, , first, second] = told()
  expect(first?.body.split('\n')).toEqual([
    'Site 2 does not take deliveries; they wait in order.',
    'Patchbay tries again by itself. Look at the other system if it lasts.',
    'Warnings: 3 open. While so much happens, news comes once in 15 minutes.',
  ])
  expect(first).toMatchObject({ hash: '#/alerts/3', place: { filter: 'connection:c2' } })
  expect(second?.notBefore).toBe((first?.notBefore ?? 0) + 15 * minuteMs)
  await minute('c5')
  expect(told()).toHaveLength(4)
  expect(told()[3]?.title).toBe('Warnings: 1 open, 5 over')
  await minute()
  expect(told()[3]).toMatchObject({ reason: 'all-clear', title: 'All clear for warnings: 6 are over' })
  expect(told()[3]?.body).not.toContain('so much')
  // The message has gone; what comes in the next quarter of an hour waits for its end, what comes later goes at once.
  while (now < (second?.notBefore ?? 0) + minuteMs) await minute()
  await minute('c6')
  expect(told()[4]?.notBefore).toBe((second?.notBefore ?? 0) + 15 * minuteMs)
  while (now < (told()[4]?.notBefore ?? 0) + 15 * minuteMs) await minute('c6')
  await minute()
  expect(
    told()
      .map(({ reason, title }) => [reason, title])
      .slice(4),
  ).toEqual([
    ['storm', 'Held back: Site 6'],
    ['resolved', 'Over: Held back: Site 6'],
  ])
})

it('does not call it all clear while somebody takes care of what still lasts', async () => {
  await save(rule, {
    ...rule,
    id: 'grave' as AlertRule['id'],
    severity: 'critical',
    scope: { kind: 'connection', id: 'c6' },
  })
  for (let n = 1; n <= 4; n++) await minute(...all.slice(0, n), 'c6')
  await store.write((tx) => tx.run(`update alerts set state = 'acknowledged' where subject_id = 'c0'`))
  await minute('c0', 'c6')
  const last = () =>
    told()
      .filter(({ title }) => !title.includes('Site 6'))
      .at(-1)
  expect(last()).toMatchObject({ reason: 'storm', title: 'Warnings: 1 open, 1 acknowledged, 3 over' })
  await save({ ...rule, scope: { kind: 'connection', id: 'c0' } })
  await minute('c0', 'c6')
  expect(last()).toMatchObject({ reason: 'storm', title: 'Warnings: none open, 1 acknowledged, 4 over' })
})

it('waits for the end of quiet hours where the next message of a storm would go in them', async () => {
  const end = new Date(2026, 5, 10, 15, 0).getTime()
  const quiet = { ...rule, quietHours: { from: '14:10', to: '15:00' } }
  const always = {
    ...rule,
    id: 'always' as AlertRule['id'],
    name: 'Always',
    scope: { kind: 'connection' as const, id: 'c6' },
  }
  await save(quiet, always)
  for (let n = 1; n <= 4; n++) await minute(...all.slice(0, n))
  expect(told().slice(2)).toMatchObject([
    { reason: 'storm', notBefore: afternoon + 3 * minuteMs },
    { reason: 'opened', title: 'Held back: Site 3', notBefore: end },
  ])
  while (now < afternoon + 11 * minuteMs) await minute(...all.slice(0, 4))
  await minute(...all.slice(0, 5))
  expect(told().slice(3)).toMatchObject([
    { reason: 'opened', title: '2 alerts: Held back: Site 3; Held back: Site 4', notBefore: end },
  ])
  // A rule without quiet hours has its storm go on.
  await minute(...all.slice(0, 5), 'c6')
  expect(
    told()
      .slice(3)
      .map(({ title, notBefore }) => [title, notBefore]),
  ).toEqual([
    ['Always: Site 6', afternoon + 18 * minuteMs],
    ['3 alerts: Held back: Site 3; Held back: Site 4; Held back: Site 6', end],
  ])
})

it('waits for the end of quiet hours, and tells what came and went in them as one sentence', async () => {
  await save({ ...rule, quietHours: { from: '13:30', to: '15:00' } })
  const end = new Date(2026, 5, 10, 15, 0).getTime()
  await minute('c0', 'c1')
  expect(told()).toMatchObject([{ title: '2 alerts: Held back: Site 0; Held back: Site 1', notBefore: end }])
  await minute('c1')
  await minute('c0', 'c1')
  await minute('c1')
  expect(told()).toHaveLength(1)
  expect(told()[0]).toMatchObject({ reason: 'summary', notBefore: end })
  expect(told()[0]?.body.split('\n')).toEqual([
    'Site 1 does not take deliveries; they wait in order.',
    'Over: Site 0 did not take deliveries; they waited in order. It lasted 3 minutes.',
  ])
})

it('reminds people as long as nobody has acknowledged it', async () => {
  await save({ ...rule, remindMinutes: 30 })
  for (let n = 0; n < 65; n++) await minute('c0')
  expect(told().map(({ reason }) => reason)).toEqual(['opened', 'reminder', 'reminder'])
  await store.write((tx) => tx.run(`update alerts set state = 'acknowledged'`))
  for (let n = 0; n < 35; n++) await minute('c0')
  expect(told()).toHaveLength(3)
})

it('tells of each restart, save for those within a quarter of an hour', async () => {
  await save({ ...rule, id: 'restart' as AlertRule['id'], metric: 'restarts', scope: { kind: 'all', id: null } })
  const start = now
  const toldAfter = () => store.read((tx) => tx.all<{ at: number }>('select made_at as at from notifications'))
  await minute()
  for (let passed = 1; passed < 70; passed++) {
    if (passed % 10 === 0) await new LevelBook(store).started(now)
    await minute()
  }
  expect(told().every(({ reason }) => reason === 'opened' || reason === 'reopened')).toBe(true)
  // Started every ten minutes: each second one is too soon to be told.
  expect(toldAfter().map(({ at }) => (at - start) / minuteMs)).toEqual([11, 31, 51])
})

it('goes on judging when the clock is set back, and tells nothing twice', async () => {
  const whole = { ...rule, scope: { kind: 'all' as const, id: null } }
  const source = { scope: 'all', id: '', times: {}, lag: null, depth: null } as const
  const many = { threshold: 0, windowMinutes: 15 }
  await save(
    rule,
    { ...whole, ...many, id: 'dead' as AlertRule['id'], name: 'Dead', metric: 'dead-letters' },
    { ...whole, ...many, id: 'restart' as AlertRule['id'], name: 'Restart', metric: 'restarts' },
  )
  for (let n = 0; n < 3; n++) await minute('c0')
  await store.write((tx) => addTally(tx, { ...source, at: now, counts: { dead: 1 } }))
  await new LevelBook(store).started(now)
  for (let n = 0; n < 2; n++) await minute('c0')
  for (let n = 0; n < 20; n++) await minute()
  const steps = () =>
    store.read((tx) =>
      tx
        .all<{ step: string }>(
          `select s.what || ' ' || a.rule_id || ' ' || a.subject_name as step from alert_steps s join alerts a on a.id = s.alert_id order by s.id`,
        )
        .map(({ step }) => step),
    )
  const causes = ['dead Patchbay', 'held Site 0', 'restart Patchbay']
  expect(steps().toSorted()).toEqual(
    ['opened', 'resolved'].flatMap((what) => causes.map((cause) => `${what} ${cause}`)),
  )

  // To a time at which all of them were within their windows, and what opens now is told at once.
  now -= 15 * minuteMs
  await minute()
  await minute('c1')
  for (let n = 0; n < 20; n++) await minute('c1')
  expect(steps().slice(2 * causes.length)).toEqual(['opened held Site 1'])
})

it('ends what is not watched any more', async () => {
  await save(rule)
  await minute('c0', 'c1')
  await save({ ...rule, scope: { kind: 'connection', id: 'c1' } })
  await minute('c0', 'c1')
  const states = () =>
    store.read((tx) =>
      tx.all<{ state: string; note: string }>('select state, resolved_note as note from alerts order by id'),
    )
  expect(states()).toEqual([
    { state: 'resolved', note: 'It is not watched any more.' },
    { state: 'open', note: '' },
  ])
  await save(...store.read(loadRules).map((one) => ({ ...one, enabled: false })))
  await minute('c0', 'c1')
  expect(states()[1]).toEqual({ state: 'resolved', note: 'The rule was switched off.' })
})

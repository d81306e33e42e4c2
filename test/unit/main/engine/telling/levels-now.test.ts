import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Site } from '#main/alerts/site.ts'
import { Watch } from '#main/alerts/watch.ts'
import { LevelBook } from '#main/engine/telling/level-book.ts'
import { levelsNow, type LevelInput, type SourceInput } from '#main/engine/telling/levels-now.ts'
import { saveRule } from '#main/store/alerts.ts'
import { levelKey } from '#main/store/levels.ts'
import type { Store } from '#main/store/store.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { Budget, HealthState } from '#shared/domain/health.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { heldRule } from '#test/support/held-rule.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const site: Site = {
  connections: [
    { id: 'sf', name: 'Salesforce', system: 'salesforce' },
    { id: 'cw', name: 'ConnectWise', system: 'connectwise' },
  ],
  sources: [{ id: 'queue', name: 'Queue', system: 'connectwise' }],
  routes: [],
}

let store: Store
let close: () => Promise<void>
let book: LevelBook
let now: number

beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  book = new LevelBook(store)
  now = 28_333_334 * minuteMs
  const rules: readonly Partial<AlertRule>[] = [
    {
      id: 'trouble' as AlertRule['id'],
      metric: 'source-trouble',
      scope: { kind: 'source', id: null },
      windowMinutes: 5,
    },
    { id: 'budget' as AlertRule['id'], metric: 'budget', scope: { kind: 'connection', id: null }, threshold: 90 },
    { id: 'all' as AlertRule['id'], metric: 'budget', scope: { kind: 'all', id: null }, threshold: 90 },
  ]
  await store.write((tx) => {
    for (const one of rules) saveRule(tx, heldRule(one), 1)
  })
})
afterEach(() => close())

/** 'awaited': the part has still to speak. */
interface Said {
  readonly queue: HealthState | 'awaited'
  /** Calls of a hundred. */
  readonly sf: number | 'awaited'
  readonly cw?: number
}

function inputOf({ queue, sf, cw }: Said): LevelInput {
  const source: SourceInput = {
    isEnabled: true,
    lastEventAt: null,
    rhythm: null,
    reported: { state: queue === 'awaited' ? 'unknown' : queue, since: null, reason: null, nextStep: null },
    isAwaited: queue === 'awaited',
  }
  const budgetOf = (used: number | 'awaited' | undefined): Budget | null =>
    typeof used === 'number' ? { used, limit: 100, countedBy: 'system', reached: 0, open: 'all', most: 100 } : null
  return {
    now,
    site,
    pauses: [],
    queue: [],
    dead: { route: new Map(), connection: new Map(), source: new Map() },
    connections: new Map([
      ['sf', { hold: null, budget: budgetOf(sf), isAwaited: sf === 'awaited' }],
      ['cw', { hold: null, budget: budgetOf(cw), isAwaited: false }],
    ]),
    sources: new Map([['queue', source]]),
    diskFreeBytes: null,
    memoryBytes: 0,
    last: book.last(),
  }
}

async function minutes(count: number, said: Said): Promise<void> {
  for (let done = 0; done < count; done++) {
    now += minuteMs
    await book.note(now - minuteMs, levelsNow(inputOf(said)))
    await new Watch({ store, site: () => site, notify: () => undefined }).tick(now)
  }
}

/** Nobody looks for so many minutes; 0: between two looks. */
function restart(minutesAway: number): void {
  book = new LevelBook(store)
  now += minutesAway * minuteMs
}

const steps = () =>
  store.read((tx) =>
    tx
      .all<{ rule: string; what: string }>(
        `select json_extract(a.rule, '$.id') as rule, s.what from alert_steps s join alerts a on a.id = s.alert_id order by s.id`,
      )
      .map(({ rule, what }) => `${rule} ${what}`)
      .toSorted(),
  )

it.each([0, 1, 7])('a restart of %i minutes ends nothing while the parts have still to speak', async (away) => {
  await minutes(6, { queue: 'down', sf: 95 })
  const opened = ['all opened', 'budget opened', 'trouble opened']
  expect(steps()).toEqual(opened)
  restart(away)
  await minutes(3, { queue: 'awaited', sf: 'awaited' })
  restart(away)
  await minutes(2, { queue: 'awaited', sf: 'awaited' })
  await minutes(20, { queue: 'down', sf: 95 })
  expect(steps()).toEqual(opened)
  await minutes(1, { queue: 'ok', sf: 12 })
  expect(steps()).toEqual([...opened, 'all resolved', 'budget resolved', 'trouble resolved'].toSorted())
})

it('pollers that start again while Patchbay runs end nothing', async () => {
  await minutes(6, { queue: 'degraded', sf: 95 })
  const opened = steps()
  await minutes(1, { queue: 'awaited', sf: 'awaited' })
  await minutes(1, { queue: 'degraded', sf: 95 })
  expect(steps()).toEqual(opened)
})

it('a part that never spoke opens nothing, and hides nothing that others say', async () => {
  await minutes(6, { queue: 'awaited', sf: 'awaited', cw: 50 })
  expect(steps()).toEqual([])
  await minutes(1, { queue: 'awaited', sf: 'awaited', cw: 99 })
  expect(steps()).toEqual(['all opened', 'budget opened'])
})

it('what a connection counts itself stands while its system has still to speak, where it is more', async () => {
  const usedWhile = (counted: number): number | null | undefined => {
    const input = inputOf({ queue: 'ok', sf: counted })
    const connections = new Map([...input.connections].map(([id, one]) => [id, { ...one, isAwaited: true }]))
    const key = levelKey({ metric: 'budget', scope: 'connection', id: 'sf' })
    return levelsNow({ ...input, connections }).find((one) => levelKey(one) === key)?.value
  }
  await minutes(1, { queue: 'ok', sf: 70 })
  expect(usedWhile(40)).toBe(70)
  expect(usedWhile(80)).toBe(80)
})

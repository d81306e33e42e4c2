import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byHand } from '#main/alerts/by-hand.ts'
import type { Site } from '#main/alerts/site.ts'
import { Watch } from '#main/alerts/watch.ts'
import { LevelBook } from '#main/engine/telling/level-book.ts'
import { saveRule } from '#main/store/alerts.ts'
import type { Store } from '#main/store/store.ts'
import { alertRule, type AlertState } from '#shared/domain/alert.ts'
import type { AlertId } from '#shared/domain/ids.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { temporaryStore } from '#test/support/temporary.ts'

/**
 * The life of the alerts of one rule against a model, over minutes that go well or badly, sleep, restarts, clocks that are set and people:
 * one unresolved alert at most, its state as the model has it, and nobody told twice of the same thing.
 */
type Step =
  | { readonly do: 'minutes'; readonly count: number; readonly held: number | null }
  | { readonly do: 'leap'; readonly minutes: number }
  | { readonly do: 'restart' }
  | { readonly do: 'acknowledge' | 'resolve' }

const minutes = fc.record({
  do: fc.constant('minutes' as const),
  // Around half an hour it is told apart whether an alert comes back or is a new one.
  count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 27, max: 31 })),
  held: fc.oneof({ weight: 5, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.constant(null) }),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: minutes },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leap' as const), minutes: fc.integer({ min: -20, max: 50 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'acknowledge' as const }, { do: 'resolve' as const }) },
)

const site: Site = {
  connections: [{ id: 'cw', name: 'ConnectWise', system: 'connectwise' }],
  sources: [],
  routes: [{ id: 'accounts', name: 'Accounts', connectionId: 'cw' }],
}
const rule = alertRule.parse({
  id: 'held',
  name: 'Held back',
  scope: { kind: 'connection', id: 'cw' },
  metric: 'held',
  comparison: 'above',
  threshold: 0,
  windowMinutes: 2,
  severity: 'warning',
  channels: ['toast'],
  quietHours: null,
  remindMinutes: null,
  enabled: true,
})

interface AlertRow {
  readonly id: AlertId
  readonly state: AlertState
}
interface Told {
  readonly alertId: number
  readonly reason: string
  readonly at: number
}

/** What is to come of it, by the words. */
class Model {
  readonly #seen = new Map<number, number | null>()
  readonly alerts: AlertState[] = []
  #resolvedAt = 0
  #isClosed = false

  tick(now: number, held: number | null): void {
    this.#seen.set(now - 1, held)
    const window = [now - 1, now - 2].map((minute) => this.#seen.get(minute))
    if (window.some((value) => value === 0 || value === null)) this.#well(now)
    else if (window.every((value) => value === 1)) this.#fires(now)
  }

  /** Nobody has looked at what comes now, nor counts what was before. */
  setBack(): void {
    this.#seen.clear()
  }

  acknowledge(): void {
    if (this.alerts.at(-1) === 'open') this.#set('acknowledged')
  }

  resolve(now: number): void {
    if (this.alerts.length === 0 || this.alerts.at(-1) === 'resolved') return
    this.#set('resolved')
    this.#resolvedAt = now
    this.#isClosed = true
  }

  #fires(now: number): void {
    const last = this.alerts.at(-1)
    if (last === 'open' || last === 'acknowledged' || this.#isClosed) return
    if (last === 'resolved' && now - this.#resolvedAt <= 30) this.#set('open')
    else this.alerts.push('open')
  }

  #well(now: number): void {
    this.#isClosed = false
    const last = this.alerts.at(-1)
    if (last === undefined || last === 'resolved') return
    this.#set('resolved')
    this.#resolvedAt = now
  }

  #set(state: AlertState): void {
    this.alerts[this.alerts.length - 1] = state
  }
}

class Run {
  readonly model = new Model()
  readonly #store: Store
  #book: LevelBook
  #watch: Watch
  /** Whole minutes. */
  #now = 28_333_334
  #newest = 0

  constructor(store: Store) {
    this.#store = store
    this.#book = new LevelBook(store)
    this.#watch = this.#open()
  }

  #open(): Watch {
    // Nothing is lost with the power here, and hundreds of minutes need no flush each.
    const store = { read: this.#store.read.bind(this.#store), write: this.#store.writeLight.bind(this.#store) }
    return new Watch({ store, site: () => site, notify: () => undefined })
  }

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'minutes':
        for (let done = 0; done < one.count; done++) await this.#tick(one.held)
        return
      case 'leap':
        this.#now += one.minutes
        return
      case 'restart':
        this.#book = new LevelBook(this.#store)
        this.#watch = this.#open()
        return
      case 'acknowledge':
      case 'resolve':
        return this.#byHand(one.do)
    }
  }

  async #tick(held: number | null): Promise<void> {
    this.#now += 1
    const now = this.#now * minuteMs
    if (!this.#book.isNoted(now - minuteMs))
      await this.#book.note(now - minuteMs, [
        { metric: 'running', scope: 'all', id: '', value: 1 },
        { metric: 'held', scope: 'connection', id: 'cw', value: held },
      ])
    await this.#watch.tick(now)
    // A minute that was judged already is not judged again, unless the clock was some minutes ahead before.
    if (this.#newest - this.#now > 2) this.model.setBack()
    else if (this.#now <= this.#newest) return this.#check()
    this.model.tick(this.#now, held)
    this.#newest = this.#now
    this.#check()
  }

  async #byHand(what: 'acknowledge' | 'resolve'): Promise<void> {
    const id = this.#alerts().at(-1)?.id
    if (id === undefined) return
    await this.#store.writeLight((tx) => byHand(tx, { now: this.#now * minuteMs, site })[what](id, '', 'console'))
    if (what === 'acknowledge') this.model.acknowledge()
    else this.model.resolve(this.#now)
    this.#check()
  }

  #alerts(): AlertRow[] {
    return this.#store.read((tx) => tx.all<AlertRow>('select id, state from alerts order by id'))
  }

  #check(): void {
    const alerts = this.#alerts()
    expect(alerts.map(({ state }) => state)).toEqual(this.model.alerts)
    const told = this.#store.read((tx) =>
      tx.all<Told>(
        `select a.alert_id as alertId, n.reason, n.made_at / ${minuteMs} as at from notifications n
         join notification_alerts a on a.notification_id = n.id order by n.id`,
      ),
    )
    for (const { id, state } of alerts) {
      const own = told.filter(({ alertId }) => alertId === id)
      // Open and over in turns, never the same twice.
      expect(own.map(({ reason }) => reason === 'resolved')).toEqual(own.map((_, index) => index % 2 === 1))
      expect(own.map(({ reason }) => reason).slice(1)).not.toContain('opened')
      for (const [index, { reason, at }] of own.entries()) {
        const before = own[index - 1]
        if (before !== undefined && reason !== 'resolved') expect(Math.abs(at - before.at)).toBeGreaterThanOrEqual(15)
      }
      if (state === 'resolved') expect(own.length % 2).toBe(0)
    }
  }
}

it('goes as the words say, whatever the clock and people do', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (all) => {
      const { store, close } = temporaryStore()
      try {
        await store.write((tx) => saveRule(tx, rule, 1))
        const run = new Run(store)
        for (const one of all) await run.take(one)
      } finally {
        await close()
      }
    }),
    { numRuns: 40 },
  )
})

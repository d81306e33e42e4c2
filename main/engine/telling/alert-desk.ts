import { seedRules } from '#main/alerts/ready-made.ts'
import { byHand } from '#main/alerts/by-hand.ts'
import { subjectsOf } from '#main/alerts/site.ts'
import { Watch } from '#main/alerts/watch.ts'
import type { Alerts, Commanded } from '#main/relay.ts'
import { countAlerts, deleteRule, loadRules, saveRule } from '#main/store/alerts.ts'
import { audit } from '#main/store/configuration.ts'
import type { WatchedSubject } from '#main/store/rule-history.ts'
import { alertMetrics } from '#shared/domain/alert-metric.ts'
import type { AlertCounts } from '#shared/domain/alert-counts.ts'
import type { AlertRule, AlertRuleOrder } from '#shared/domain/alert.ts'
import type { AlertId, AlertRuleId } from '#shared/domain/ids.ts'
import { changedFields } from '#shared/logic/changed-fields.ts'
import { minuteMs, minuteOf } from '#shared/logic/rule-history.ts'
import { wholeRule } from '#shared/logic/whole-rule.ts'
import { EveryMinute } from './every-minute.ts'
import type { InsightDesk } from '../insight/insight.ts'
import { Levels, siteOf, type LevelPorts } from './levels.ts'

/** Rules kept at most: each is judged every minute. */
const mostRules = 200

export interface AlertPorts extends LevelPorts {
  readonly insight: InsightDesk
  /** There may be something to tell people. */
  readonly notify: () => void
  readonly onBug: (error: unknown) => void
}

/** Watches the rules from minute to minute, and does what people order about alerts. */
export class AlertDesk implements Alerts {
  readonly #ports: AlertPorts
  readonly #levels: Levels
  readonly #watch: Watch
  readonly #minutes: EveryMinute
  #ticking: Promise<void> | null = null

  constructor(ports: AlertPorts) {
    const { store, clock, configuration, notify, onBug } = ports
    this.#ports = ports
    this.#levels = new Levels(ports)
    this.#watch = new Watch({ store, notify, site: () => siteOf(configuration) })
    this.#minutes = new EveryMinute(clock, () => this.tick(), onBug)
  }

  /** Sees to it that there are rules, marks the start, and begins to watch. */
  async start(): Promise<void> {
    const { store, clock } = this.#ports
    await store.write((tx) => seedRules(tx, clock.now()))
    await this.#levels.book.started(clock.now())
    this.#minutes.start()
  }

  async stop(): Promise<void> {
    this.#minutes.stop()
    await this.#ticking
  }

  /**
   * Looks how everything stands, for the minute that has just ended; writes down the figures that lead up to it; judges the rules by both.
   * A minute that was looked at before is not again.
   */
  tick(): Promise<void> {
    this.#ticking ??= this.#tick().finally(() => (this.#ticking = null))
    return this.#ticking
  }

  async #tick(): Promise<void> {
    const { clock, insight } = this.#ports
    const now = minuteOf(clock.now())
    const minute = now - minuteMs
    if (!this.#levels.book.isNoted(minute)) {
      await this.#levels.note(minute, await insight.sample(minute))
      await insight.metrics.flush()
    }
    await this.#watch.tick(now)
  }

  counts(): AlertCounts {
    return this.#ports.store.read(countAlerts)
  }

  whole(order: AlertRuleOrder): AlertRule {
    return wholeRule(order, this.#ports.store.read(loadRules))
  }

  unfit(rule: AlertRule): string | null {
    return unfitAmong(rule, this.#ports.store.read(loadRules))
  }

  watched({ scope, metric }: AlertRule): readonly WatchedSubject[] {
    return subjectsOf(scope, metric, siteOf(this.#ports.configuration))
  }

  acknowledge(id: AlertId, note: string, who: string): Promise<Commanded<null>> {
    return this.#order(id, 'acknowledge', note, who)
  }

  resolve(id: AlertId, note: string, who: string): Promise<Commanded<null>> {
    return this.#order(id, 'resolve', note, who)
  }

  saveRule(order: AlertRuleOrder, who: string): Promise<Commanded<AlertRule>> {
    const { store, clock } = this.#ports
    return store.write((tx): Commanded<AlertRule> => {
      // Looked at in here, so that two of one name at once get an id each.
      const rules = loadRules(tx)
      const rule = wholeRule(order, rules)
      const reason = unfitAmong(rule, rules)
      if (reason !== null) return { ok: false, code: 'INVALID', reason }
      const before = rules.find(({ id }) => id === rule.id) ?? null
      const at = clock.now()
      saveRule(tx, rule, at)
      audit(tx, { at, who, action: 'save', subject: `alert rule ${rule.id}`, changes: changedFields(before, rule) })
      return { ok: true, value: rule }
    })
  }

  async removeRule(id: AlertRuleId, who: string): Promise<boolean> {
    const { store, clock, notify } = this.#ports
    const isRemoved = await store.write((tx) => {
      const at = clock.now()
      if (!deleteRule(tx, id)) return false
      byHand(tx, this.#session(at)).removed(id, who)
      audit(tx, { at, who, action: 'remove', subject: `alert rule ${id}` })
      return true
    })
    if (isRemoved) notify()
    return isRemoved
  }

  async #order(id: AlertId, what: 'acknowledge' | 'resolve', note: string, who: string): Promise<Commanded<null>> {
    const { store, clock, notify } = this.#ports
    const refused = await store.write((tx) => {
      const at = clock.now()
      const answer = byHand(tx, this.#session(at))[what](id, note, who)
      if (answer === 'done') audit(tx, { at, who, action: what, subject: `alert ${id}`, detail: note })
      return answer
    })
    if (refused === 'not-found') return { ok: false, code: 'NOT_FOUND', reason: `There is no alert ${id}.` }
    if (refused === 'over') return { ok: false, code: 'CONFLICT', reason: 'It is over already.' }
    notify()
    return { ok: true, value: null }
  }

  #session(now: number) {
    return { now, site: siteOf(this.#ports.configuration) }
  }
}

function unfitAmong({ id, metric, scope }: AlertRule, rules: readonly AlertRule[]): string | null {
  const { title, scopes } = alertMetrics[metric]
  if (!scopes.includes(scope.kind)) return `${title} is not known of ${scopeWords[scope.kind]}.`
  if (scope.kind === 'all' && scope.id !== null) return 'A rule about everything names nothing.'
  const isNew = rules.every((one) => one.id !== id)
  return isNew && rules.length >= mostRules ? `There are ${mostRules} rules already; remove one first.` : null
}

const scopeWords: Readonly<Record<AlertRule['scope']['kind'], string>> = {
  all: 'everything together',
  system: 'a system',
  source: 'a source',
  route: 'a route',
  connection: 'a connection',
}

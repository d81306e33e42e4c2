import { setImmediate as turn } from 'node:timers/promises'
import { loadCurrent, loadRules, pruneAlerts } from '#main/store/alerts.ts'
import { anewFrom } from '#main/store/levels.ts'
import { loadWindow, type WatchedSubject } from '#main/store/rule-history.ts'
import { readSetting, writeSetting } from '#main/store/settings.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertMetric } from '#shared/domain/alert-metric.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import { judgeRule, type Judgement } from '#shared/logic/judge-rule.ts'
import { levelAt, minuteMs, minuteOf, type RuleHistory } from '#shared/logic/rule-history.ts'
import { reopensMs } from './life.ts'
import { settle, type Verdict } from './settle.ts'
import { subjectsOf, type Site } from './site.ts'
import { tellNews } from './tell.ts'

export interface WatchPorts {
  readonly store: Pick<Store, 'read' | 'write'>
  readonly site: () => Site
  /** There may be something to tell. */
  readonly notify: () => void
}

/** A clock that goes back by more than this (ms) was wrong before; minutes are judged again then, and do not wait until it is where it was. */
export const wrongClockMs = 2 * minuteMs
/** Old rows that one tick takes away of each kind. */
const prunedAtOnce = 50
const mark = 'alerts-judged'

/** Judges all rules once a minute by what the rows say, so that a restart changes nothing. */
export class Watch {
  readonly #ports: WatchPorts

  constructor(ports: WatchPorts) {
    this.#ports = ports
  }

  /**
   * Judges the whole minutes before `now` (ms since 1970), and writes down what follows in one transaction. A minute that was judged
   * before is left alone; answers false then.
   */
  async tick(now: number): Promise<boolean> {
    const { store, site, notify } = this.#ports
    const at = minuteOf(now)
    if (store.read((tx) => isJudged(tx, at))) return false
    const rules = store.read(loadRules).filter(({ enabled }) => enabled)
    const verdicts = await this.#judge(rules, at)
    const hasNews = await store.write((tx) => {
      if (isJudged(tx, at)) return null
      const current = loadCurrent(tx, at - reopensMs)
      const news = settle(tx, { now: at, verdicts, current, rules: loadRules(tx), site: site() })
      tellNews(tx, news, at)
      writeSetting(tx, mark, at)
      pruneAlerts(tx, at, prunedAtOnce)
      return news.length > 0
    })
    if (hasNews === true) notify()
    return hasNews !== null
  }

  /** One subject after the other, so that nobody waits for all of them. */
  async #judge(rules: readonly AlertRule[], at: number): Promise<Verdict[]> {
    const { store, site } = this.#ports
    const verdicts: Verdict[] = []
    for (const rule of rules) {
      for (const subject of subjectsOf(rule.scope, rule.metric, site())) {
        const judgement = store.read((tx) => judge(tx, rule, subject, at))
        verdicts.push({ rule, subject, judgement })
        await turn()
      }
    }
    return verdicts
  }
}

function judge(tx: Transaction, rule: AlertRule, subject: WatchedSubject, at: number): Judgement {
  const from = at - rule.windowMinutes * minuteMs
  const anew = anewFrom(tx)
  const history = loadWindow(tx, rule.metric, subject, Math.max(from, anew), at)
  // What lies before was judged already, by a clock that was ahead: nobody is to hear of it twice.
  return judgeRule(rule, anew > from ? since(rule.metric, history, anew) : history, at)
}

/** A history from a minute on (ms since 1970), as if nobody had looked before. */
function since(metric: AlertMetric, { minutes, steps, looks }: RuleHistory, minute: number): RuleHistory {
  return {
    minutes,
    // A level that stands since before goes on; a restart from before has been told.
    steps: metric === 'restarts' ? steps.filter(({ at }) => at >= minute) : steps,
    looks: [{ at: minute, value: levelAt(looks, minute) }, ...looks.filter(({ at }) => at > minute)],
  }
}

function isJudged(tx: Transaction, at: number): boolean {
  const last = readSetting(tx, mark)
  return typeof last === 'number' && last >= at && last - at <= wrongClockMs
}

import {
  addAlertStep,
  findAlert,
  loadCurrent,
  noteAcknowledged,
  updateAlert,
  type StoredAlert,
} from '#main/store/alerts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { AlertId, AlertRuleId } from '#shared/domain/ids.ts'
import { closed, ended, type Move } from './life.ts'
import { carryOut, termsOf } from './settle.ts'
import type { Site } from './site.ts'
import { tellNews } from './tell.ts'

export interface Desk {
  /** ms since 1970. */
  readonly now: number
  readonly site: Site
}

/** `done`, or why not; `again` when somebody had done it before. */
export type Answer = 'done' | 'again' | 'over' | 'not-found'

/** What people do with alerts, within a transaction. */
export function byHand(tx: Transaction, desk: Desk) {
  const end = (alert: StoredAlert, move: Move, who: string): void => {
    const news = carryOut(tx, desk, { rule: alert.rule, subject: alert.subject, known: alert, move, who })
    tellNews(tx, news, desk.now)
  }
  return {
    acknowledge(id: AlertId, note: string, who: string): Answer {
      const alert = findAlert(tx, id)
      if (alert === null) return 'not-found'
      const { life } = alert
      if (life.state === 'resolved') return 'over'
      if (life.state === 'acknowledged') return 'again'
      updateAlert(tx, { ...alert, life: { ...life, state: 'acknowledged' } })
      noteAcknowledged(tx, id, { at: desk.now, who, note })
      addAlertStep(tx, id, { at: desk.now, what: 'acknowledged', who, note, value: life.value })
      return 'done'
    },
    resolve(id: AlertId, note: string, who: string): Answer {
      const alert = findAlert(tx, id)
      if (alert === null) return 'not-found'
      if (alert.life.state === 'resolved') return 'again'
      end(alert, closed(alert.life, note, termsOf(alert.rule, desk.now)), who)
      return 'done'
    },
    /** A rule is not there any more: what it found is over. */
    removed(id: AlertRuleId, who: string): void {
      const note = 'The rule was removed.'
      for (const alert of loadCurrent(tx, Infinity).values())
        if (alert.rule.id === id && alert.life.state !== 'resolved')
          end(alert, ended(alert.life, note, termsOf(alert.rule, desk.now)), who)
    },
  }
}

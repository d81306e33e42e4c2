import { alertMetrics } from '../domain/alert-metric.ts'
import { alertRule, type AlertRule, type AlertRuleOrder } from '../domain/alert.ts'
import { freeIdOf } from './free-id.ts'

/** What the console has in its addresses for a rule that is not stored yet. */
const reserved = 'new'

/** The rule that somebody orders, among the stored ones: what was left out is as in the one it replaces, or as most people want it. */
export function wholeRule(order: AlertRuleOrder, stored: readonly AlertRule[]): AlertRule {
  const taken = stored.map(({ id }) => id)
  const id = order.id ?? freeIdOf(order.name, [...taken, reserved], 'rule')
  const usual = {
    comparison: alertMetrics[order.metric].bad,
    channels: [],
    quietHours: null,
    remindMinutes: null,
    enabled: true,
  }
  const given = Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined))
  return alertRule.parse({ ...usual, ...stored.find((one) => one.id === id), ...given, id })
}

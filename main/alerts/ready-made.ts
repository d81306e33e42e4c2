import type { Severity } from '#shared/domain/alert-counts.ts'
import { alertRule, type AlertRule } from '#shared/domain/alert.ts'
import { readSetting, writeSetting } from '#main/store/settings.ts'
import { saveRule } from '#main/store/alerts.ts'
import type { Transaction } from '#main/store/transaction.ts'

type Made = Pick<AlertRule, 'name' | 'metric' | 'comparison' | 'threshold' | 'windowMinutes' | 'severity'> & {
  readonly id: string
  readonly each: AlertRule['scope']['kind']
}

const above = 'above' as const
const below = 'below' as const

const budgetRule = (id: string, name: string, threshold: number, severity: Severity): Made => ({
  id: `budget-${id}`,
  name,
  metric: 'budget',
  each: 'connection',
  comparison: above,
  threshold,
  windowMinutes: 1,
  severity,
})

/** Where a technician would start from. */
const made: readonly Made[] = [
  {
    id: 'success-rate',
    name: 'Many deliveries fail',
    metric: 'success-rate',
    each: 'route',
    comparison: below,
    threshold: 95,
    windowMinutes: 15,
    severity: 'warning',
  },
  {
    id: 'lag',
    name: 'Deliveries wait long',
    metric: 'lag',
    each: 'connection',
    comparison: above,
    threshold: 10,
    windowMinutes: 1,
    severity: 'warning',
  },
  {
    id: 'silence',
    name: 'A source is silent',
    metric: 'silence',
    each: 'source',
    comparison: above,
    threshold: 3,
    windowMinutes: 5,
    severity: 'warning',
  },
  {
    id: 'dead-letter',
    name: 'A dead letter',
    metric: 'failing',
    each: 'route',
    comparison: above,
    threshold: 0,
    windowMinutes: 1,
    severity: 'warning',
  },
  budgetRule('50', 'Half of the API calls are used', 50, 'info'),
  budgetRule('70', '70 % of the API calls are used', 70, 'warning'),
  budgetRule('90', '90 % of the API calls are used', 90, 'critical'),
  // Just below, as the bar itself is still well and there is nothing above 100.
  budgetRule('100', 'All API calls are used', 99.9, 'critical'),
  {
    id: 'sign-in',
    name: 'Sign-in refused',
    metric: 'sign-in',
    each: 'connection',
    comparison: above,
    threshold: 0,
    windowMinutes: 1,
    severity: 'critical',
  },
  {
    id: 'source-trouble',
    name: 'A source is in trouble',
    metric: 'source-trouble',
    each: 'source',
    comparison: above,
    threshold: 0,
    windowMinutes: 5,
    severity: 'warning',
  },
  {
    id: 'disk',
    name: 'The disk is nearly full',
    metric: 'disk',
    each: 'all',
    comparison: below,
    threshold: 1_024,
    windowMinutes: 2,
    severity: 'critical',
  },
  {
    id: 'disk-full',
    name: 'The disk is full',
    metric: 'disk',
    each: 'all',
    comparison: below,
    threshold: 1,
    windowMinutes: 1,
    severity: 'critical',
  },
  {
    id: 'restart',
    name: 'Patchbay was restarted',
    metric: 'restarts',
    each: 'all',
    comparison: above,
    threshold: 0,
    windowMinutes: 5,
    severity: 'info',
  },
]

/** The rules that come with Patchbay; they tell whoever sits in front of the console. */
export function readyMadeRules(): AlertRule[] {
  return made.map(({ each, ...one }) =>
    alertRule.parse({
      ...one,
      scope: { kind: each, id: null },
      channels: ['toast'],
      quietHours: null,
      remindMinutes: null,
      enabled: true,
    }),
  )
}

const mark = 'alert-rules-made'

/** Gives a database its first rules, once in its life: what a person removes stays removed. */
export function seedRules(tx: Transaction, at: number): void {
  if (readSetting(tx, mark) !== undefined) return
  for (const rule of readyMadeRules()) saveRule(tx, rule, at)
  writeSetting(tx, mark, at)
}

import * as z from 'zod'
import { severity } from './alert-counts.ts'
import { alertMetric, alertScopeKind } from './alert-metric.ts'
import { alertId, alertRuleId, channelId } from './ids.ts'
import { notification } from './notification.ts'
import { place } from './overview.ts'

/**
 * What a rule looks at. With an id: that system (`salesforce`, `connectwise`), source, route or connection. Without one: each of the kind on its
 * own, with an alert for each. `all` has no id: the relay as a whole.
 */
export const alertScope = z.object({ kind: alertScopeKind, id: z.string().max(63).nullable() })
export type AlertScope = z.infer<typeof alertScope>

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as 22:00')

/** Every day between these times of the machine's clock notifications wait; `from` after `to` goes over midnight. */
export const quietHours = z.object({ from: timeOfDay, to: timeOfDay })
export type QuietHours = z.infer<typeof quietHours>

/** When a person wants to be told. It fires while `metric` of what is in scope is `comparison` `threshold`. */
export const alertRule = z.object({
  id: alertRuleId,
  name: z.string().trim().min(1).max(100),
  scope: alertScope,
  metric: alertMetric,
  comparison: z.enum(['above', 'below']),
  /** In the unit of the metric; see `alertMetrics`. */
  threshold: z.number(),
  /** Counts are worked out over so many whole minutes; a level has to hold for as long. */
  windowMinutes: z.number().int().min(1).max(1_440),
  severity,
  /** Who is told; with none, the console alone shows it. */
  channels: z.array(channelId).max(20),
  quietHours: quietHours.nullable(),
  /** While nobody has acknowledged it, remind so often; null: once is enough. */
  remindMinutes: z.number().int().min(5).max(10_080).nullable(),
  enabled: z.boolean(),
})
export type AlertRule = z.infer<typeof alertRule>

/**
 * A rule as a script or the console orders it. Without an id it is a new one, which gets one made of its name. What else may be left out stays as it was
 * in the rule with that id; in a new one, the bad direction of the metric counts, nobody is told, and it is enabled.
 */
export const alertRuleOrder = alertRule
  .partial({ id: true, comparison: true, channels: true, quietHours: true, remindMinutes: true, enabled: true })
  .extend({ scope: alertScope.extend({ id: alertScope.shape.id.default(null) }) })
export type AlertRuleOrder = z.infer<typeof alertRuleOrder>

/** What an alert is about; `id` is empty for the relay as a whole. */
export const alertSubject = z.object({ kind: alertScopeKind, id: z.string(), name: z.string() })
export type AlertSubject = z.infer<typeof alertSubject>

export const alertState = z.enum(['open', 'acknowledged', 'resolved'])
export type AlertState = z.infer<typeof alertState>

/** One cause that one rule has found at one subject, from its beginning to its end. */
export const alert = z.object({
  id: alertId,
  ruleId: alertRuleId,
  ruleName: z.string(),
  metric: alertMetric,
  severity,
  subject: alertSubject,
  state: alertState,
  /** What is the matter, with its figures; for a resolved one, what was. */
  sentence: z.string(),
  whatToDo: z.string().nullable(),
  /** As last measured, and the bar it was measured against. */
  value: z.number().nullable(),
  threshold: z.number(),
  openedAt: z.number(),
  acknowledged: z.object({ at: z.number(), who: z.string(), note: z.string() }).nullable(),
  /** `who` null: by itself. */
  resolved: z.object({ at: z.number(), who: z.string().nullable(), note: z.string() }).nullable(),
  /** How often it came back soon after it had gone. */
  reopened: z.number().int(),
  /** Where its events are in the console: screen and filter line. */
  place,
})
export type Alert = z.infer<typeof alert>

/** Something that happened to an alert. */
export const alertStep = z.object({
  at: z.number(),
  what: z.enum(['opened', 'acknowledged', 'resolved', 'reopened', 'reminded', 'suppressed']),
  who: z.string().nullable(),
  note: z.string(),
  value: z.number().nullable(),
})
export type AlertStep = z.infer<typeof alertStep>

/** Oldest step first. */
export const alertDetail = alert.extend({ steps: z.array(alertStep), notifications: z.array(notification) })
export type AlertDetail = z.infer<typeof alertDetail>

/** When a rule would have fired within what is kept: `until` null: it would still be firing. */
export const ruleTrial = z.object({
  from: z.number(),
  to: z.number(),
  /** "In the last 7 days it would have fired 3 times." */
  sentence: z.string(),
  firings: z.array(
    z.object({
      subject: alertSubject,
      from: z.number(),
      until: z.number().nullable(),
      /** The worst within it. */
      value: z.number(),
    }),
  ),
})
export type RuleTrial = z.infer<typeof ruleTrial>

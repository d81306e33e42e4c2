import * as z from 'zod'
import { alertCounts } from '../domain/alert-counts.ts'
import { alert, alertDetail, alertRule, alertRuleOrder, alertState, ruleTrial } from '../domain/alert.ts'
import { channel, channelReport } from '../domain/channel.ts'
import { alertId, alertRuleId, channelId } from '../domain/ids.ts'
import { notification } from '../domain/notification.ts'
import { base } from './base.ts'
import { page, pageQuery } from './page.ts'

const byAlert = z.object({ id: z.coerce.number().int().positive().pipe(alertId) })
const note = z.string().trim().max(500).default('')

export const alertCalls = {
  list: base
    .route({ method: 'GET', path: '/alerts', summary: 'Alerts, newest first' })
    .input(z.object({ ...pageQuery.shape, state: alertState.optional(), ruleId: alertRuleId.optional() }))
    .output(page(alert)),
  counts: base
    .route({ method: 'GET', path: '/alerts/counts', summary: 'How many alerts nobody has dealt with' })
    .output(alertCounts),
  get: base
    .route({ method: 'GET', path: '/alerts/{id}', summary: 'One alert with its steps and who was told' })
    .input(byAlert)
    .output(alertDetail),
  acknowledge: base
    .route({ method: 'POST', path: '/alerts/{id}/acknowledge', summary: 'Say that somebody takes care of it' })
    .input(byAlert.extend({ note }))
    .output(alertDetail),
  resolve: base
    .route({ method: 'POST', path: '/alerts/{id}/resolve', summary: 'Close an alert by hand' })
    .input(byAlert.extend({ note }))
    .output(alertDetail),
}

export const alertRuleCalls = {
  list: base.route({ method: 'GET', path: '/alert-rules', summary: 'Alert rules, by name' }).output(z.array(alertRule)),
  save: base
    .route({
      method: 'POST',
      path: '/alert-rules',
      summary: 'Create or change an alert rule',
      description:
        'Without an id a new rule is made; its id is made of its name and stands in the answer. With the id of a stored rule, that one is changed, ' +
        'and what is left out stays as it was. In a new rule what is left out is: the direction that is bad for the metric, no channels, no quiet ' +
        'hours, no reminders, enabled. A scope without an id means each of its kind.',
    })
    .input(alertRuleOrder)
    .output(alertRule),
  remove: base
    .route({ method: 'POST', path: '/alert-rules/remove', summary: 'Remove a rule; its open alerts are resolved' })
    .input(z.object({ id: alertRuleId }))
    .output(z.object({ removed: z.boolean() })),
  trial: base
    .route({ method: 'POST', path: '/alert-rules/trial', summary: 'When a rule would have fired in the last 7 days' })
    .input(alertRuleOrder)
    .output(ruleTrial),
}

export const channelCalls = {
  list: base
    .route({ method: 'GET', path: '/channels', summary: 'Ways to reach people; secrets are never read back' })
    .output(z.array(channelReport)),
  save: base
    .route({ method: 'PUT', path: '/channels', summary: 'Create or change a channel' })
    .input(z.object({ channel, secrets: z.record(z.string(), z.string()).default({}) }))
    .output(channel),
  remove: base
    .route({ method: 'POST', path: '/channels/remove', summary: 'Remove a channel, from the rules as well' })
    .input(z.object({ id: channelId }))
    .output(z.object({ removed: z.boolean() })),
  test: base
    .route({ method: 'POST', path: '/channels/{id}/test', summary: 'Send a test message now' })
    .input(z.object({ id: channelId }))
    .output(z.object({ ok: z.boolean(), sentence: z.string(), fix: z.string().nullable() })),
  renewSecret: base
    .route({
      method: 'POST',
      path: '/channels/{id}/signing-secret',
      summary: "Make a webhook's signing secret anew; it is told this once and never again",
    })
    .input(z.object({ id: channelId }))
    .output(z.object({ signingSecret: z.string() })),
}

export const notificationCalls = {
  list: base
    .route({ method: 'GET', path: '/notifications', summary: 'Who was told what, newest first' })
    .input(z.object({ ...pageQuery.shape, channelId: channelId.optional() }))
    .output(page(notification)),
}

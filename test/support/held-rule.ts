import type * as z from 'zod'
import { alertRule, type AlertRule } from '#shared/domain/alert.ts'

/** A rule that finds each connection that is held back; `own` says what a test is about. */
export function heldRule(own: Partial<z.input<typeof alertRule>>): AlertRule {
  return alertRule.parse({
    id: 'held',
    name: 'Held back',
    scope: { kind: 'connection', id: null },
    metric: 'held',
    comparison: 'above',
    threshold: 0,
    windowMinutes: 1,
    severity: 'warning',
    channels: ['toast'],
    quietHours: null,
    remindMinutes: null,
    enabled: true,
    ...own,
  })
}

import { expect, it } from 'vitest'
import { placeOf } from '#renderer/state/place.ts'
import { windowTitle } from '#renderer/state/screen-titles.ts'
import type { AlertCounts } from '#shared/domain/alert-counts.ts'

it.each([
  ['#/overview', 0, false, 'Overview · Patchbay'],
  ['#/failures?route=tickets', 12, false, '(12) Failures · Patchbay'],
  ['#/events/48', 0, true, 'Event 48 · SANDBOX · Patchbay'],
  ['#/live/rejections', 1, true, '(1) Live · SANDBOX · Patchbay'],
  ['#/alerts/7', 0, false, 'Alert 7 · Patchbay'],
  ['#/alerts/history', 0, false, 'Alerts · Patchbay'],
])('%s with %d failing, sandbox %s: %s', (hash, failing, isSandbox, title) => {
  expect(windowTitle(placeOf(hash), { failing }, isSandbox)).toBe(title)
})

const alerts = (open: number, worst: AlertCounts['worst']): AlertCounts => ({ open, acknowledged: 0, worst })
it.each([
  ['a critical alert comes before what failed', 3, alerts(1, 'critical'), '(1 alert) Live · Patchbay'],
  ['what failed comes before any other alert', 3, alerts(2, 'warning'), '(3) Live · Patchbay'],
  ['where nothing failed, any alert is told', 0, alerts(2, 'info'), '(2 alerts) Live · Patchbay'],
  ['acknowledged alerts are not', 0, { open: 0, acknowledged: 2, worst: null }, 'Live · Patchbay'],
])('%s', (_what, failing, counts, title) => {
  expect(windowTitle(placeOf('#/live'), { failing, alerts: counts }, false)).toBe(title)
})

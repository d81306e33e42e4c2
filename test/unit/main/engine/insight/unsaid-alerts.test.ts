import { expect, it } from 'vitest'
import { unsaidAlerts } from '#main/engine/insight/unsaid-alerts.ts'
import { alert, type Alert } from '#shared/domain/alert.ts'
import type { OpenIssue } from '#shared/domain/overview.ts'

function alertOn(metric: Alert['metric'], kind: Alert['subject']['kind'], id: string, change = {}): Alert {
  return alert.parse({
    id: 7,
    ruleId: 'rule',
    ruleName: 'Rule',
    metric,
    severity: 'warning',
    subject: { kind, id, name: id },
    state: 'open',
    sentence: 'Something is the matter.',
    whatToDo: null,
    value: 1,
    threshold: 0,
    openedAt: 5,
    acknowledged: null,
    resolved: null,
    reopened: 0,
    place: { screen: 'live', filter: '' },
    ...change,
  })
}

function issue(key: string): OpenIssue {
  const place = { screen: 'live', filter: '' } as const
  return { key, gravity: 'attention', sentence: '', since: null, whatToDo: null, count: null, place }
}

it('an alert that says something new is an issue that leads to it', () => {
  expect(unsaidAlerts([alertOn('lag', 'route', 'a', { severity: 'critical' })], [issue('dead:a:CODE')])).toEqual([
    {
      key: 'alert:7',
      gravity: 'not-well',
      sentence: 'Something is the matter.',
      since: 5,
      whatToDo: null,
      count: null,
      place: { screen: 'alerts', filter: '7' },
    },
  ])
})

it.each<[string, Alert, string]>([
  ['dead letters of the same route', alertOn('success-rate', 'route', 'a'), 'dead:a:CODE'],
  ['dead letters of all', alertOn('failing', 'route', 'a'), 'dead'],
  ['dead letters behind a connection', alertOn('failing', 'connection', 'cw'), 'dead:a:CODE'],
  ['the same connection', alertOn('sign-in', 'connection', 'cw'), 'connection:cw'],
  ['a connection of the system', alertOn('held', 'system', 'connectwise'), 'connection:cw'],
  ['the quiet source', alertOn('silence', 'source', 's'), 'quiet:s'],
  ['the disk', alertOn('disk', 'all', ''), 'storage'],
])('%s is told once', (_what, one, key) => {
  expect(unsaidAlerts([one], [issue(key)])).toEqual([])
  expect(unsaidAlerts([one], [])).toHaveLength(1)
})

it.each<[string, Alert, string]>([
  ['another route', alertOn('success-rate', 'route', 'a'), 'dead:b:CODE'],
  ['another connection', alertOn('sign-in', 'connection', 'cw'), 'connection:sf'],
])('%s does not speak for it', (_what, one, key) => {
  expect(unsaidAlerts([one], [issue(key)])).toHaveLength(1)
})

it('what is acknowledged, or mere information, is no issue', () => {
  const taken = alertOn('lag', 'route', 'a', { state: 'acknowledged', acknowledged: { at: 6, who: 'Ann', note: '' } })
  expect(unsaidAlerts([taken, alertOn('restarts', 'all', '', { severity: 'info' })], [])).toEqual([])
})

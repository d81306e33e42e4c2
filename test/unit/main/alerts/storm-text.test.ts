import { expect, it } from 'vitest'
import { reasonByNow, type Told } from '#main/alerts/message-text.ts'
import { reasonOfStorm, textOfStorm } from '#main/alerts/storm-text.ts'
import type { StoredAlert, Unresolved } from '#main/store/alerts.ts'
import { alertRule, type AlertState } from '#shared/domain/alert.ts'
import type { AlertId } from '#shared/domain/ids.ts'

const noon = Date.UTC(2026, 4, 4, 12)

const told = (id: number, metric: 'held' | 'restarts', state: AlertState): Told => {
  const alert: StoredAlert = {
    id: id as AlertId,
    rule: alertRule.parse({
      id: metric,
      name: metric === 'held' ? 'Held back' : 'Started anew',
      scope: { kind: metric === 'held' ? 'connection' : 'all', id: null },
      metric,
      comparison: 'above',
      threshold: 0,
      windowMinutes: 1,
      severity: 'critical',
      channels: ['toast'],
      quietHours: null,
      remindMinutes: null,
      enabled: true,
    }),
    subject:
      metric === 'held' ? { kind: 'connection', id: `c${id}`, name: `Site ${id}` } : { kind: 'all', id: '', name: '' },
    life: {
      state,
      value: 1,
      openedAt: noon,
      resolvedAt: state === 'resolved' ? noon + 60_000 : null,
      reopened: 0,
      told: 'open',
      toldAt: noon,
      closedValue: null,
    },
    text: {
      sentence: 'It happened.',
      whatToDo: 'Look.',
      place: { screen: 'connections', filter: `connection:c${id}` },
    },
  }
  return { alert, reason: reasonByNow(alert) }
}

const held = (id: number) => told(id, 'held', 'open')
const over = (id: number) => told(id, 'held', 'resolved')
const started = told(9, 'restarts', 'resolved')
const left = (open: number, acknowledged = 0): Unresolved => ({ open, acknowledged })
const often = 'While so much happens, news comes once in 15 minutes.'

it.each<[string, readonly Told[], Unresolved, string, string]>([
  ['several', [held(1), over(2)], left(3), 'storm', 'Many critical alerts: 3 open, 1 over'],
  ['the last but one that is over', [over(1)], left(1), 'storm', 'Critical alerts: 1 open, 1 over'],
  [
    'what is over while somebody takes care of another',
    [over(1)],
    left(0, 1),
    'storm',
    'Critical alerts: none open, 1 acknowledged, 1 over',
  ],
  ['the last one', [over(1)], left(0), 'all-clear', 'All clear for critical alerts: the last one is over'],
  ['the last ones', [over(1), over(2)], left(0), 'all-clear', 'All clear for critical alerts: 2 are over'],
  [
    'the last one beside a start, which has no end',
    [over(1), started],
    left(0),
    'all-clear',
    'All clear for critical alerts: the last one is over',
  ],
  ['a start alone, which is no good news', [started], left(0), 'storm', 'Started anew'],
  ['one that is open', [held(1)], left(3), 'storm', 'Held back: Site 1'],
])('in a storm %s', (_what, news, unresolved, reason, title) => {
  expect(reasonOfStorm(news, unresolved)).toBe(reason)
  expect(textOfStorm(news, 'critical', unresolved).title).toBe(title)
})

it('one alert in a storm says what to do and leads to what it is about, as it would without one', () => {
  expect(textOfStorm([held(1)], 'critical', left(1, 2))).toEqual({
    title: 'Held back: Site 1',
    body: `It happened.\nLook.\nCritical alerts: 1 open, 2 acknowledged. ${often}`,
    hash: '#/alerts/1',
    place: { screen: 'connections', filter: 'connection:c1' },
  })
})

it('the all-clear says what is over, and not that more may come', () => {
  expect(textOfStorm([over(1)], 'critical', left(0))).toMatchObject({
    body: 'Over: It happened. It lasted 1 minute.',
    hash: '#/alerts/1',
  })
  expect(
    textOfStorm([over(1), over(2)], 'critical', left(1))
      .body.split('\n')
      .at(-1),
  ).toBe(often)
})

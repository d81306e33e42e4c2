import { describe, expect, it } from 'vitest'
import { placeOf } from '#main/alerts/place-of.ts'
import { quietUntil } from '#main/alerts/quiet-hours.ts'
import type { Site } from '#main/alerts/site.ts'
import { adviceOn, describeAlert, minutesText, valueText } from '#main/alerts/words.ts'
import { alertMetric, alertMetrics, type AlertMetric } from '#shared/domain/alert-metric.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'

const site: Site = {
  connections: [{ id: 'cw', name: 'ConnectWise', system: 'connectwise' }],
  sources: [{ id: 'sf', name: 'Salesforce events', system: 'salesforce' }],
  routes: [
    { id: 'accounts', name: 'Accounts', connectionId: 'cw' },
    { id: 'tickets', name: 'Tickets', connectionId: 'cw' },
  ],
}
const openedAt = Date.UTC(2026, 10, 22, 6, 40)

function rule(metric: AlertMetric, threshold: number, windowMinutes = 15) {
  return { metric, threshold, windowMinutes, comparison: alertMetrics[metric].bad }
}
const route = { kind: 'route', id: 'accounts', name: 'Accounts' } as const

it.each([
  [
    rule('success-rate', 95),
    80,
    'The success rate of Accounts was 80 % of the deliveries that ended in the last 15 minutes; less than 95 % is alerted.',
  ],
  [
    rule('lag', 10),
    14,
    'The oldest delivery of Accounts has been waiting for 14 minutes; more than 10 minutes is alerted.',
  ],
  [rule('failing', 0), 1, 'A dead letter of Accounts waits for a person.'],
  [rule('failing', 0), 3, '3 dead letters of Accounts wait for a person.'],
  [
    rule('p95', 60_000),
    180_000,
    '95 % of the deliveries of Accounts took up to 3 minutes in the last 15 minutes; more than 60 s is alerted.',
  ],
])('%o at %d: %s', (one, value, sentence) => {
  expect(describeAlert(one, route, value, false)).toBe(sentence)
})

it.each(alertMetric.options)(
  '%s has a sentence for before and after, advice, and a place that can be gone to',
  (metric) => {
    for (const kind of alertMetrics[metric].scopes) {
      const id = { all: '', system: 'connectwise', source: 'sf', route: 'accounts', connection: 'cw' }[kind]
      const subject = { kind, id, name: 'The one' }
      for (const isOver of [false, true])
        expect(describeAlert(rule(metric, 1), subject, 2, isOver)).toMatch(/^[A-Z0-9].*\.$/u)
      const { filter, screen } = placeOf(rule(metric, 1), subject, openedAt, site)
      const isFilter = screen === 'live' || screen === 'failures'
      expect(isFilter ? parseFilter(filter).problems : []).toEqual([])
    }
    expect(adviceOn(metric)).toMatch(/\.$/u)
  },
)

it('leads to the affected events', () => {
  expect(placeOf(rule('dead-letters', 0), route, openedAt, site)).toEqual({
    screen: 'live',
    filter: 'state:dead route:accounts since:2026-11-22T06:25Z',
  })
  expect(placeOf(rule('lag', 10), { kind: 'connection', id: 'cw', name: '' }, openedAt, site).filter).toBe(
    'state:open route:accounts route:tickets',
  )
})

it.each([
  [1, '1 minute'],
  [119.9, '119 minutes'],
  [120, '2 hours'],
  [185, '3 hours 5 minutes'],
  [3 * 1_440 + 5, '3 days'],
])('%d minutes: %s', (minutes, text) => {
  expect(minutesText(minutes)).toBe(text)
})

it('writes values as people say them', () => {
  expect(valueText(93.456, 'percent')).toBe('93.5 %')
  expect(valueText(1_500, 'ms')).toBe('1.5 s')
  expect(valueText(820, 'megabytes')).toBe('820 MB')
  expect(valueText(4.21, 'times')).toBe('4.2 times')
})

describe('quiet hours', () => {
  const at = (day: number, hour: number, minute = 0): number => new Date(2026, 5, day, hour, minute).getTime()
  const night = { from: '22:00', to: '07:00' }
  it.each([
    [night, at(10, 21, 59), null],
    [night, at(10, 22), at(11, 7)],
    [night, at(11, 6, 59), at(11, 7)],
    [night, at(11, 7), null],
    [{ from: '12:00', to: '13:30' }, at(10, 12, 30), at(10, 13, 30)],
    [{ from: '12:00', to: '12:00' }, at(10, 12), null],
    [null, at(10, 12), null],
  ])('%o at %d end %s', (hours, now, end) => {
    expect(quietUntil(hours, now)).toBe(end)
  })
})

import { expect, it } from 'vitest'
import { commonPlace, placeOf } from '#main/alerts/place-of.ts'
import type { AlertMetric } from '#shared/domain/alert-metric.ts'
import type { Place } from '#shared/domain/overview.ts'

const site = {
  connections: [{ id: 'cw', name: 'ConnectWise', system: 'connectwise' as const }],
  sources: [],
  routes: [{ id: 'cases', name: 'Cases', connectionId: 'cw' }],
}
const noon = Date.UTC(2026, 4, 4, 12)

const found = (metric: AlertMetric, id: 'cw' | '' = '') => {
  const rule = { metric, windowMinutes: 5 }
  const subject = { kind: id === '' ? ('all' as const) : ('connection' as const), id, name: id }
  return { rule, text: { place: placeOf(rule, subject, noon, site) } }
}

it.each<[string, ReturnType<typeof found>[], Place | null]>([
  ['one', [found('failing', 'cw')], { screen: 'failures', filter: 'state:dead route:cases' }],
  ['two of the same', [found('p50'), found('p95')], { screen: 'live', filter: 'since:2026-05-04T11:55Z' }],
  [
    'failures that two rules found at one place',
    [found('success-rate', 'cw'), found('failing', 'cw')],
    { screen: 'failures', filter: 'state:dead route:cases' },
  ],
  ['failures at several places', [found('failing', 'cw'), found('dead-letters')], { screen: 'failures', filter: '' }],
  ['different things', [found('failing'), found('disk')], null],
  ['the disk', [found('disk')], { screen: 'settings', filter: '' }],
  ['starts, which no screen lists', [found('restarts')], null],
  ['memory, which no screen lists', [found('memory')], null],
  ['none', [], null],
])('the place of %s', (_what, alerts, place) => {
  expect(commonPlace(alerts)).toEqual(place)
})

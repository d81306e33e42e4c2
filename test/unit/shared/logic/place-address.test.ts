import { expect, it } from 'vitest'
import type { Place } from '#shared/domain/overview.ts'
import { placeAddress } from '#shared/logic/place-address.ts'
import { placeOf } from '#renderer/state/place.ts'

it.each<[Place['screen'], string, string]>([
  ['failures', 'state:dead route:cases', '#/failures?filter=state%3Adead+route%3Acases'],
  ['connections', 'source:salesforce', '#/connections?filter=source%3Asalesforce'],
  ['routes', 'case-to-ticket', '#/routes/case-to-ticket'],
  ['routes', '', '#/routes'],
  ['records', 'acme', '#/records?text=acme'],
  ['records', '', '#/records'],
  ['alerts', 'rules/held', '#/alerts/rules/held'],
])('a place in %s with %j leads to %s', (screen, filter, address) => {
  expect(placeAddress({ screen, filter })).toBe(address)
})

it.each(['state:dead "Smith & Sons + Co" since:2026-05-04T12:00Z', '100 % = #1?'])(
  'the console reads the filter %j as it was',
  (filter) => {
    expect(placeOf(placeAddress({ screen: 'live', filter }))).toMatchObject({ screen: 'live', query: { filter } })
  },
)

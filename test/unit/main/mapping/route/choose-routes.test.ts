import { expect, test } from 'vitest'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { chooseRoutes } from '#main/mapping/route/choose-routes.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'

const routes = readyMadeRoutes({ salesforce: 'sf' as ConnectionId, connectwise: 'cw' as ConnectionId })
const ids = (chosen: typeof routes | ReturnType<typeof chooseRoutes>) => chosen.map((route) => String(route.id))

test('an event goes to the enabled routes of its system and entity, in their order', () => {
  const event = { system: 'salesforce', entity: 'Case', action: 'touched', fields: null } as const
  expect(ids(chooseRoutes(routes, event))).toEqual(['case-to-ticket'])
  expect(ids(chooseRoutes(routes, { ...event, system: 'connectwise' }))).toEqual([])
  expect(
    chooseRoutes(
      routes.map((route) => ({ ...route, enabled: false })),
      event,
    ),
  ).toEqual([])
  const [route] = chooseRoutes(routes, event)
  if (route === undefined) throw new Error('no route')
  const second = { ...route, id: 'second' as typeof route.id }
  expect(ids(chooseRoutes([second, ...routes], event))).toEqual(['second', 'case-to-ticket'])
})

test('a condition on what a thin event does not carry keeps it; one that fails drops it', () => {
  const conditional = routes.map((route) => ({
    ...route,
    match: { ...route.match, conditions: [{ field: 'Origin', operator: 'is' as const, value: 'Web' }] },
  }))
  const event = { system: 'salesforce', entity: 'Case', action: 'updated' } as const
  expect(ids(chooseRoutes(conditional, { ...event, fields: null }))).toEqual(['case-to-ticket'])
  expect(ids(chooseRoutes(conditional, { ...event, fields: { Origin: 'Phone' } }))).toEqual([])
})

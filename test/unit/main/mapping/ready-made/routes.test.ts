import { expect, test } from 'vitest'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { checkExpression } from '#shared/logic/expression.ts'
import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'

test('each mapping has a route in both directions, between the right connections', () => {
  const routes = readyMadeRoutes({ salesforce: 'sf' as ConnectionId, connectwise: 'cw' as ConnectionId })
  expect(
    routes.map((route) => [route.id, route.from, route.match.entity, route.sourceConnectionId, route.connectionId]),
  ).toEqual([
    ['account-to-company', 'salesforce', 'Account', 'sf', 'cw'],
    ['company-to-account', 'connectwise', 'company', 'cw', 'sf'],
    ['salesforce-contact-to-connectwise', 'salesforce', 'Contact', 'sf', 'cw'],
    ['connectwise-contact-to-salesforce', 'connectwise', 'contact', 'cw', 'sf'],
    ['salesforce-opportunity-to-connectwise', 'salesforce', 'Opportunity', 'sf', 'cw'],
    ['connectwise-opportunity-to-salesforce', 'connectwise', 'opportunity', 'cw', 'sf'],
    ['case-to-ticket', 'salesforce', 'Case', 'sf', 'cw'],
    ['ticket-to-case', 'connectwise', 'ticket', 'cw', 'sf'],
  ])
  const known = readyMadeMappings().map((mapping) => mapping.id)
  expect(routes.every((route) => known.includes(route.mappingId))).toBe(true)
})

test('all expressions of the ready-made mappings compile', () => {
  const rows = readyMadeMappings().flatMap((mapping) => mapping.fields)
  const expressions = rows.flatMap((row) => [row.toConnectwise ?? [], row.toSalesforce ?? []].flat())
  expect(expressions.length).toBeGreaterThan(4)
  expect(expressions.map(checkExpression).filter((reason) => reason !== null)).toEqual([])
})

import { expect, it } from 'vitest'
import { issueAddress } from '#renderer/state/issue-words.ts'
import type { Place } from '#shared/domain/overview.ts'

it.each<[Place['screen'], string, string]>([
  ['failures', 'state:dead route:cases', '#/failures?filter=state%3Adead+route%3Acases'],
  ['connections', 'source:salesforce', '#/connections?filter=source%3Asalesforce'],
  ['routes', 'case-to-ticket', '#/routes/case-to-ticket'],
  ['routes', '', '#/routes'],
  ['records', 'acme', '#/records?text=acme'],
  ['records', '', '#/records'],
])('a place in %s with %j leads to %s', (screen, filter, address) => {
  expect(issueAddress({ screen, filter })).toBe(address)
})

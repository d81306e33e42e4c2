import { expect, test } from 'vitest'
import {
  fieldChoices,
  finished,
  newRoute,
  redirected,
  storedMatch,
  unfitRoute,
  type Ends,
} from '#renderer/state/route-draft.ts'
import type { ConnectionId, RouteId } from '#shared/domain/ids.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import type { Match } from '#shared/domain/match.ts'
import { route } from '#shared/domain/route.ts'
import { entitySchema } from '#shared/domain/schema.ts'

const mapping = (id: string, here: string, there: string) =>
  mappingDocument.parse({
    id,
    name: `${here} and ${there}`,
    salesforce: { entity: here },
    connectwise: { entity: there },
    fields: [{ salesforce: 'Name', connectwise: 'name' }],
  })
const accounts = mapping('account-company', 'Account', 'company')
const cases = mapping('case-ticket', 'Case', 'ticket')
const ends: Ends = { salesforce: 'salesforce' as ConnectionId, connectwise: 'connectwise' as ConnectionId }
const match: Match = { entity: 'Account', actions: ['updated'], conditions: [] }

test('a new route takes everything of its entity, is switched off, and fits the contract under a free id', () => {
  const first = newRoute(accounts, 'salesforce', ends, [])
  expect(first).toMatchObject({
    id: 'salesforce-account-to-connectwise-company',
    enabled: false,
    connectionId: 'connectwise',
  })
  const second = newRoute(accounts, 'salesforce', ends, [first?.id ?? ('' as RouteId)])
  expect(second?.id).toBe('salesforce-account-to-connectwise-company-2')
  expect(route.safeParse(second).success).toBe(true)
  expect(newRoute(accounts, 'salesforce', { ...ends, connectwise: undefined }, [])).toBeNull()
})

test('another direction turns the connections round and drops conditions on fields that are not there', () => {
  const draft = newRoute(accounts, 'salesforce', ends, [])
  if (draft === null) throw new Error('both systems are connected')
  const narrowed = {
    ...draft,
    match: { ...match, conditions: [{ field: 'Type', operator: 'is' as const, value: 'x' }] },
  }
  expect(redirected(narrowed, accounts, 'salesforce', ends).match).toEqual(narrowed.match)
  expect(redirected(narrowed, cases, 'connectwise', ends)).toMatchObject({
    name: 'ConnectWise ticket → Salesforce Case',
    mappingId: 'case-ticket',
    connectionId: 'salesforce',
    sourceConnectionId: 'connectwise',
    match: { entity: 'ticket', actions: ['updated'], conditions: [] },
  })
  expect(redirected({ ...narrowed, name: 'Mine' }, cases, 'connectwise', ends).name).toBe('Mine')
})

test('rows that were only begun are not stored and hold up the save; an empty expression is none', () => {
  const begun: Match = {
    ...match,
    combine: 'any',
    expression: '  ',
    conditions: [
      { field: 'Type', operator: 'is', value: '' },
      { field: '', operator: 'is-empty' },
      { field: 'Industry', operator: 'one-of', value: [] },
      { field: 'Fax', operator: 'is-empty', value: 'left over' },
    ],
  }
  expect(finished(begun.conditions).map(({ field }) => field)).toEqual(['Fax'])
  expect(storedMatch(begun)).toEqual({ ...match, conditions: [{ field: 'Fax', operator: 'is-empty' }] })
  const draft = newRoute(accounts, 'salesforce', ends, [])
  if (draft === null) throw new Error('both systems are connected')
  expect(unfitRoute(draft)).toBeNull()
  expect(unfitRoute({ ...draft, match: begun })).toMatch(/not finished/)
  expect(unfitRoute({ ...draft, match: { ...match, actions: [] } })).toMatch(/at least one/)
  expect(unfitRoute({ ...draft, name: ' ' })).toMatch(/name/)
})

test('fields of real events come first, with what was seen and what a pick list offers; lists and secrets are left out', () => {
  const schema = entitySchema.parse({
    connectionId: 'salesforce',
    system: 'salesforce',
    entity: 'Account',
    describedAt: 1,
    outdated: null,
    remarks: [],
    fields: ['Type', 'Rating'].map((name) => ({
      name,
      label: `${name} of account`,
      type: 'picklist',
      required: false,
      length: null,
      readOnly: false,
      createOnly: false,
      values: [
        { value: 'A', label: 'A', active: true },
        { value: 'Old', label: 'Old', active: false },
      ],
      restricted: true,
      referenceTo: null,
    })),
  })
  const seen = (path: string, examples: string[]) => ({ path, types: ['text' as const], count: 1, examples })
  const choices = fieldChoices(
    [
      [seen('Website', ['a.test', '[redacted]']), seen('Type', ['B'])],
      [seen('Website', ['b.test']), seen('Tags/[]', ['x'])],
    ],
    schema,
  )
  expect(choices).toEqual([
    { name: 'Website', label: 'Website', values: ['a.test', 'b.test'] },
    { name: 'Type', label: 'Type of account', values: ['A', 'B'] },
    { name: 'Rating', label: 'Rating of account', values: ['A'] },
  ])
  expect(fieldChoices([], null)).toEqual([])
})

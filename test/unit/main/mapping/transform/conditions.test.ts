import { expect, it } from 'vitest'
import { unmetCondition } from '#main/mapping/transform/conditions.ts'
import type { PrepareInput } from '#main/mapping/transform/prepared.ts'
import type { Match } from '#shared/domain/match.ts'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import { mappingOf, routeOf } from '../two-systems.ts'

const source: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A' }
const mapping = mappingOf('account-company')

/** Why a record is passed over; null when it is carried over, and the code of a failure. */
async function judged(match: Partial<Match>, values: Values, isFull = true): Promise<string | null> {
  const route = routeOf(mapping, 'salesforce')
  const event: PrepareInput['event'] = {
    system: 'salesforce',
    entity: 'Account',
    recordId: '001A',
    action: 'updated',
    title: null,
    version: null,
    occurredAt: null,
    actor: null,
    ownMark: false,
    fields: values,
    full: isFull,
  }
  const input = {
    event,
    route: { ...route, match: { ...route.match, ...match } },
    mapping,
    lane: '',
    mode: 'live',
  } as const
  const reading = { values, isFull, version: null, crossReference: null, record: null }
  const result = await unmetCondition(input, source, null, reading)
  return result.ok ? result.value : `${result.failure.class} ${result.failure.code}`
}

const conditions = [
  { field: 'Type', operator: 'is', value: 'Customer' },
  { field: 'Phone', operator: 'is-not-empty' },
] as const satisfies Match['conditions']

it('names the condition that a record does not meet', async () => {
  expect(await judged({ conditions: [...conditions] }, { Type: 'Customer', Phone: '1' })).toBeNull()
  expect(await judged({ conditions: [...conditions] }, { Type: 'Customer', Phone: null })).toContain('on Phone.')
  expect(await judged({ conditions: [...conditions], combine: 'any' }, { Type: 'Customer', Phone: null })).toBeNull()
  expect(await judged({ conditions: [...conditions], combine: 'any' }, { Type: 'x', Phone: '' })).toContain(
    'none of them',
  )
})

it('judges an expression on whole records only, and stops where it fails', async () => {
  const expression = 'Type in ["Customer", "Partner"]'
  expect(await judged({ expression }, { Type: 'Partner' })).toBeNull()
  expect(await judged({ expression }, { Type: 'Vendor' })).toContain('does not meet the condition')
  expect(await judged({ expression }, { Type: 'Vendor' }, false)).toBeNull()
  expect(await judged({ expression: '$number(Type) > 1' }, { Type: 'Vendor' })).toBe('permanent bad-match-expression')
})

import { describe, expect, it } from 'vitest'
import { fixOf } from '#renderer/state/failure-fix.ts'
import { connectwiseRuleBook } from '#main/connectors/connectwise/rule-book.ts'
import { salesforceRuleBook } from '#main/connectors/salesforce/rule-book.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { deliveryOf } from './samples.ts'

const connections = { salesforce: 'sf' as ConnectionId, connectwise: 'cw' as ConnectionId }
const route = readyMadeRoutes(connections).find(
  ({ from, mappingId }) => from === 'salesforce' && mappingId === 'account-company',
)

function fix(failure: Partial<Failure>) {
  const whole: Failure = { class: 'permanent', stage: 'deliver', code: 'X', sentence: 'It failed.', ...failure }
  return fixOf({ ...deliveryOf(1), failure: whole }, route)
}

describe('the way to where a failure is mended', () => {
  it.each([
    [
      'unmapped-value',
      { field: 'status/name', value: 'Gold' },
      'Map “Gold”',
      '#/mappings/account-company?field=status%2Fname&value=Gold',
    ],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      { field: 'Rating' },
      'Map this picklist value',
      '#/mappings/account-company?field=Rating',
    ],
    ['MissingRequiredField', { field: 'status' }, 'Give status a default', '#/mappings/account-company?field=status'],
    ['too-long', { field: 'name' }, 'Set the length of name', '#/mappings/account-company?field=name'],
    ['bad-expression', { field: 'name' }, 'Correct the expression', '#/mappings/account-company?field=name'],
    [
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      { field: 'Phone' },
      'Look at Phone in the mapping',
      '#/mappings/account-company?field=Phone',
    ],
    ['ObjectExists', {}, 'Look at the record', '#/records/salesforce/Account/001'],
    ['parent-gone', {}, 'Look at the record', '#/records/salesforce/Account/001'],
    ['no-connection', {}, 'Look at the connection', '#/connections/connection/cw'],
    ['bad-match-expression', {}, 'Look at the route', `#/routes/${route?.id}`],
    ['never heard of', {}, 'Look at the route', `#/routes/${route?.id}`],
  ])('leads from %s %j to “%s”', (code, rest, label, hash) => {
    expect(fix({ code, ...rest })).toEqual({ kind: 'go', label, hash })
  })

  it('signs in again at the system that refused it', () => {
    const auth = (sentence: string) => fix({ class: 'auth', code: 'HTTP_401', sentence })
    expect(auth('ConnectWise refused the sign-in.')).toEqual({
      kind: 'go',
      label: 'Sign in again',
      hash: '#/connections/connection/cw',
    })
    expect(auth('Salesforce refused the sign-in.')).toMatchObject({ hash: '#/connections/connection/sf' })
  })

  it('brings a record over that others wait for, even if its route is not there', () => {
    const failure: Partial<Failure> = {
      class: 'dependency',
      code: 'parent-not-linked',
      waitsFor: 'salesforce:Account:0015',
    }
    const sync = {
      kind: 'sync',
      label: 'Bring the account over now',
      record: { system: 'salesforce', entity: 'Account', id: '0015' },
    }
    expect(fix(failure)).toEqual(sync)
    const bare = { ...deliveryOf(1), failure: { stage: 'deliver', sentence: '', ...failure } as Failure }
    expect(fixOf(bare, undefined)).toEqual(sync)
    expect(fix({ ...failure, waitsFor: 'pause:route:x' })).toMatchObject({ label: 'Look at the connection' })
  })

  it('offers nothing where nothing is known', () => {
    expect(fixOf({ ...deliveryOf(1), failure: null }, route)).toBeNull()
    expect(
      fixOf(
        { ...deliveryOf(1), failure: { class: 'permanent', stage: 'deliver', code: 'X', sentence: 'x' } },
        undefined,
      ),
    ).toBeNull()
  })

  it('knows a place for each code that a person has to mend', () => {
    const books = [salesforceRuleBook, connectwiseRuleBook].flatMap(({ byCode }) => Object.entries(byCode))
    const lost = books.filter(([code, rule]) => fix({ code, class: rule.class, field: 'name' }) === null)
    expect(lost).toEqual([])
  })
})

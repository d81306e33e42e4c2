import { expect, test } from 'vitest'
import { connectionOf, recordAddress, recordPage } from '#renderer/state/record-address.ts'
import { placeOf } from '#renderer/state/place.ts'
import { connection, type Connection } from '#shared/domain/connection.ts'
import { match } from '#shared/domain/match.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'

const salesforce = (id: string): Connection =>
  connection.parse({
    id,
    kind: 'salesforce',
    name: id,
    settings: { loginUrl: 'https://acme.my.salesforce.com/', clientId: 'c' },
  })
const connectwise = (baseUrl: string): Connection =>
  connection.parse({
    id: 'cw',
    kind: 'connectwise',
    name: 'cw',
    settings: { baseUrl, companyId: 'acme & co', publicKey: 'p', clientId: 'c', memberId: 'm' },
  })
const account = { system: 'salesforce', entity: 'Account', id: '001A' } as const
const ticket = { system: 'connectwise', entity: 'ticket', id: '4711' } as const

test('a record has an address in the console that leads back to it, whatever its id is', () => {
  const odd = { ...account, id: 'a/b ?#%' }
  expect(placeOf(recordAddress(odd, { text: 'acme' }))).toEqual({
    screen: 'records',
    path: ['salesforce', 'Account', odd.id],
    query: { text: 'acme' },
  })
})

test('Salesforce opens a record by its id alone', () => {
  expect(recordPage(account, salesforce('sf'), 'live')).toBe('https://acme.my.salesforce.com/001A')
})

test('ConnectWise opens a record by its kind, at the host for people', () => {
  const cloud = recordPage(ticket, connectwise('https://api-na.myconnectwise.net/v2025_1'), 'live')
  const url = new URL(cloud ?? '')
  expect(url.origin).toBe('https://na.myconnectwise.net')
  expect(url.pathname).toBe('/v4_6_release/services/system_io/router/openrecord.rails')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    locale: 'en_US',
    recordType: 'ServiceFV',
    recid: '4711',
    companyName: 'acme & co',
  })
  const own = recordPage(ticket, connectwise('https://api-cw.acme.com/v4_6_release'), 'live')
  expect(new URL(own ?? '').origin).toBe('https://api-cw.acme.com')
})

test('what can’t be opened has no page: an entity without one, or a connection to the other system', () => {
  expect(recordPage({ ...ticket, entity: 'member' }, connectwise('https://cw.acme.com'), 'live')).toBeNull()
  expect(recordPage(ticket, salesforce('sf'), 'live')).toBeNull()
})

test('in the sandbox the simulated system shows the record', () => {
  const page = recordPage(ticket, connectwise('http://127.0.0.1:9/v4_6_release'), 'sandbox')
  expect(page).toBe('http://127.0.0.1:9/sandbox/records/ticket/4711')
})

test('of several connections, the one that a route reads such records by is taken', () => {
  const second = salesforce('second')
  const all = [salesforce('first'), connectwise('https://cw.acme.com'), second]
  const route = {
    from: 'salesforce',
    match: match.parse({ entity: 'Account', actions: ['updated'] }),
    sourceConnectionId: 'second' as ConnectionId,
  } as const
  expect(connectionOf(account, all, [route])).toBe(second)
  expect(connectionOf({ ...account, entity: 'Case' }, all, [route])?.id).toBe('first')
  expect(connectionOf(ticket, [second], [])).toBeNull()
})

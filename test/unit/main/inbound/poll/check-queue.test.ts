import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkQueue } from '#main/inbound/poll/check-queue.ts'
import { setAsideFinding, triggerFinding, versionFinding } from '#main/inbound/poll/listener-finding.ts'
import { startSqlServer, type SqlServer } from '#main/sandbox/sqlserver/server.ts'
import { source, type SourceOf } from '#shared/domain/source.ts'

/** Any text with these words in it. */
const containing = (words: string): unknown => expect.stringContaining(words)
const anyText: unknown = expect.any(String)

const credentials = { database: 'cwwebapp_acme', user: 'patchbay_relay', password: 'secret' }
let database: Database.Database
let server: SqlServer

function queueSource(): SourceOf<'connectwise-sql'> {
  const settings = { connectionId: 'connectwise', host: '127.0.0.1', port: server.port, ...credentials, encrypt: false }
  const parsed = source.parse({ id: 'queue', kind: 'connectwise-sql', name: 'ConnectWise queue', settings })
  if (parsed.kind !== 'connectwise-sql') throw new Error('not a queue')
  return parsed
}

beforeEach(async () => {
  database = new Database(':memory:')
  server = await startSqlServer({ port: 0, database, credentials })
})

afterEach(() => server.close())

describe('the test of a queue', () => {
  it('passes on a sound queue and leaves its rows alone', async () => {
    server.queue.add({ entity: 'ticket', recId: 1, action: 'updated', changedBy: 'jane' })
    const checks = await checkQueue(queueSource(), credentials.password)
    expect(checks.map((one) => [one.name, one.ok])).toEqual([
      ['Sign-in', true],
      ['Listener', true],
      ['Rights', true],
      ['Triggers', true],
      ['Queue', true],
    ])
    expect(database.prepare('select attempts, lease_token from patchbay_event_queue').all()).toEqual([
      { attempts: 0, lease_token: null },
    ])
  })

  it('names rows that stand aside', async () => {
    server.queue.add({ entity: 'ticket', recId: 1, action: 'updated', changedBy: 'jane' })
    database.exec("update patchbay_event_queue set status = 'dead'")
    const checks = await checkQueue(queueSource(), credentials.password)
    expect(checks.filter((one) => !one.ok).map((one) => one.name)).toEqual(['Queue'])
  })

  it('ends with the sign-in when that is refused', async () => {
    const checks = await checkQueue(queueSource(), 'wrong')
    expect(checks).toEqual([
      {
        name: 'Sign-in and listener',
        ok: false,
        sentence: containing('refused the login'),
        fix: anyText,
      },
    ])
  })
})

describe('a finding', () => {
  const trigger = { schema_name: 'dbo', table_name: 'Company', state: 'ok', problem: null } as const

  it('is made of each trigger that is not at work', () => {
    expect(triggerFinding([trigger])).toBeNull()
    const found = triggerFinding([trigger, { ...trigger, table_name: 'SR_Service', state: 'disabled' }])
    expect(found?.reason).toContain('SR_Service (disabled)')
    expect(found?.reason).not.toContain('Company')
  })

  it('is made of another version, and of rows aside', () => {
    const status = { pending: 0, leased: 0, dead: 0, listener_version: '1' }
    expect([versionFinding(status), setAsideFinding(status)]).toEqual([null, null])
    expect(versionFinding({ ...status, listener_version: '0' })?.reason).toContain('version 0')
    expect(setAsideFinding({ ...status, dead: 1 })?.reason).toMatch(/^One row .* stands aside/)
  })
})

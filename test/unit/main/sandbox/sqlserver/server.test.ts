import { connect } from 'node:net'
import Database from 'better-sqlite3'
import sql from 'mssql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSqlServer, type SqlServer } from '#main/sandbox/sqlserver/server.ts'

const credentials = { database: 'cwwebapp_acme', user: 'patchbay_relay', password: 'grün & "quoted" $1' }
let now = Date.UTC(2026, 0, 31, 18, 4, 26, 123)
const clock = { now: () => now, monotonic: () => now }
let server: SqlServer
let pool: sql.ConnectionPool

function poolWith(changes: Partial<sql.config>): sql.ConnectionPool {
  return new sql.ConnectionPool({
    server: '127.0.0.1',
    port: server.port,
    ...credentials,
    options: { encrypt: false },
    ...changes,
  })
}

/** A leased row as the driver gives it. */
interface Leased {
  lease_token: string
  id: string
  rec_id: string
}

function lease(size = 10, seconds = 30) {
  return pool
    .request()
    .input('batch_size', sql.Int, size)
    .input('lease_seconds', sql.Int, seconds)
    .execute<Leased>('patchbay.lease_events')
}

async function leaseOne(): Promise<Leased> {
  const [row] = (await lease(1, 30)).recordset
  if (row === undefined) throw new Error('the queue is empty')
  return row
}

function acknowledge(token: string, ids: readonly string[]) {
  const request = pool.request().input('lease_token', sql.UniqueIdentifier, token)
  return request.input('ids', sql.NVarChar(sql.MAX), JSON.stringify(ids)).execute('patchbay.acknowledge_events')
}

function numberOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof sql.RequestError ? thrown.number : thrown),
  )
}

beforeEach(async () => {
  server = await startSqlServer({ port: 0, database: new Database(':memory:'), credentials, clock })
  pool = await poolWith({}).connect()
})

afterEach(async () => {
  await pool.close()
  await server.close()
})

describe('the simulated SQL Server, asked by the real driver', () => {
  it('signs in with the right credentials only', async () => {
    await expect(poolWith({ password: 'wrong' }).connect()).rejects.toMatchObject({ code: 'ELOGIN' })
    await expect(poolWith({ user: 'sa' }).connect()).rejects.toMatchObject({ message: "Login failed for user 'sa'." })
    await expect(poolWith({ database: 'other' }).connect()).rejects.toMatchObject({ code: 'ELOGIN' })
  })

  it('answers batches and texts with parameters', async () => {
    expect((await pool.request().query('SELECT 1')).recordset[0]).toEqual({ '': 1 })
    expect(JSON.stringify((await pool.request().batch('SELECT @@VERSION')).recordset)).toContain('SQL Server')
    server.queue.add({ entity: 'company', recId: 1, action: 'added', changedBy: "O'Neill, Zoë" })
    const leased = await pool
      .request()
      .input('n', sql.Int, 5)
      .query('EXEC [patchbay].[lease_events] @batch_size = @n, @lease_seconds = 30;')
    expect(leased.recordset[0]).toMatchObject({ changed_by: "O'Neill, Zoë" })
  })

  it('refuses with the numbers of the real one', async () => {
    expect(await numberOf(pool.request().execute('patchbay.no_such'))).toBe(2812)
    expect(await numberOf(pool.request().query('SELECT * FROM patchbay.event_queue'))).toBe(229)
    expect(await numberOf(pool.request().execute('patchbay.acknowledge_events'))).toBe(201)
    expect(await numberOf(pool.request().input('nonsense', 1).execute<Leased>('patchbay.lease_events'))).toBe(8145)
  })

  it('leases each row once, with all its values, oldest first', async () => {
    server.queue.add({ entity: 'company', recId: 2_147_483_648, action: 'added', changedBy: 'jane' })
    now += 1
    server.queue.add({ entity: 'ticket', recId: 7, action: 'deleted', changedBy: '' })
    const { recordset, ...rest } = await lease()
    expect(rest).toMatchObject({ returnValue: 0 })
    expect(recordset).toMatchObject([
      {
        entity: 'company',
        rec_id: '2147483648',
        action: 'added',
        changed_at: new Date(now - 1),
        changed_by: 'jane',
        attempts: 1,
      },
      { entity: 'ticket', rec_id: '7', action: 'deleted', changed_at: new Date(now), changed_by: '', attempts: 1 },
    ])
    expect(recordset[0]?.lease_token).toMatch(/^[0-9A-F-]{36}$/)
    expect((await lease()).recordset).toEqual([])
  })

  it('answers with more rows than a packet holds', async () => {
    for (let recId = 1; recId <= 900; recId += 1) {
      server.queue.add({ entity: 'contact', recId, action: 'updated', changedBy: 'x'.repeat(100) })
    }
    const { recordset } = await lease(1_000)
    expect(recordset.map((row) => Number(row.rec_id))).toEqual(Array.from({ length: 900 }, (_, n) => n + 1))
    const ids = recordset.map((row) => row.id)
    expect((await acknowledge(recordset[0]?.lease_token ?? '', ids)).recordset).toEqual([{ acknowledged: 900 }])
  })

  it('gives a row again when its lease has ended, and then takes no acknowledgement under the old one', async () => {
    server.queue.add({ entity: 'ticket', recId: 7, action: 'updated', changedBy: 'jane' })
    const first = await leaseOne()
    now += 30_000
    const second = await leaseOne()
    expect(second).toMatchObject({ id: first.id, attempts: 2 })
    expect((await acknowledge(first.lease_token, [first.id])).recordset).toEqual([{ acknowledged: 0 }])
    expect((await acknowledge(second.lease_token, [second.id])).recordset).toEqual([{ acknowledged: 1 }])
  })

  it('keeps a row that was set aside, out of further leases', async () => {
    server.queue.add({ entity: 'ticket', recId: 7, action: 'updated', changedBy: 'jane' })
    const row = await leaseOne()
    const request = pool
      .request()
      .input('lease_token', sql.UniqueIdentifier, row.lease_token)
      .input('id', sql.UniqueIdentifier, row.id)
    expect(
      (await request.input('error', sql.NVarChar(2_000), 'no').execute('patchbay.set_aside_event')).recordset,
    ).toEqual([{ set_aside: 1 }])
    now += 3_600_000
    expect((await lease()).recordset).toEqual([])
    const { recordset } = await pool.request().execute('patchbay.queue_status')
    expect(recordset).toMatchObject([
      { pending: 0, leased: 0, dead: 1, oldest_at: null, server_time: new Date(now), listener_version: '1' },
    ])
  })

  it('cuts connections while down, and has everything when back', async () => {
    server.queue.add({ entity: 'ticket', recId: 7, action: 'updated', changedBy: 'jane' })
    server.setDown(true)
    await expect(poolWith({}).connect()).rejects.toMatchObject({ code: 'ESOCKET' })
    server.setDown(false)
    await pool.close()
    pool = await poolWith({}).connect()
    expect((await lease()).recordset).toHaveLength(1)
  })

  it('hangs up on a client that does not speak TDS, and goes on', async () => {
    const stranger = connect(server.port, '127.0.0.1')
    const gone = new Promise((resolve) => stranger.on('close', resolve))
    // Being cut off in the middle of writing is what this is about.
    stranger.on('error', () => undefined)
    stranger.write('GET / HTTP/1.1\r\n\r\n')
    stranger.write(Buffer.alloc(70_000))
    await gone
    expect((await pool.request().query('SELECT 2 AS two')).recordset).toEqual([{ two: 2 }])
  })
})

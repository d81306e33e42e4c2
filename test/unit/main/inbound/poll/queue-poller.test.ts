import { createServer, type AddressInfo, type Socket } from 'node:net'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createQueuePoller, type PollerState, type QueuePoller } from '#main/inbound/poll/queue-poller.ts'
import { startSqlServer, type SqlServer } from '#main/sandbox/sqlserver/server.ts'
import type { Arrival, Receipt } from '#shared/domain/arrival.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { source, type SourceOf } from '#shared/domain/source.ts'

/** Any text with these words in it. */
const containing = (words: string): unknown => expect.stringContaining(words)
const anyText: unknown = expect.any(String)

const credentials = { database: 'cwwebapp_acme', user: 'patchbay_relay', password: 'secret' }

/** A journal in memory that recognises dedupe keys, and refuses when told to. */
class Journal {
  readonly arrivals: Arrival[] = []
  readonly keys: string[] = []
  refuses = false
  /** What an append waits for, when it should take its time. */
  gate: Promise<void> = Promise.resolve()
  #listeners: (() => void)[] = []

  async append(arrival: Arrival): Promise<readonly Receipt[]> {
    this.arrivals.push(arrival)
    this.#listeners.splice(0).forEach((listener) => listener())
    await this.gate
    if (this.refuses) throw new Error('disk full')
    return arrival.items.map((item) => {
      const key = item.dedupeKeys[0] ?? ''
      const duplicate = this.keys.includes(key)
      if (!duplicate) this.keys.push(key)
      return { eventId: 1 as EventId, duplicate }
    })
  }

  /** Resolves with the next arrival. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve))
  }

  records(): (string | undefined)[] {
    return this.arrivals.flatMap((arrival) => arrival.items.map((item) => item.content.recordId))
  }
}

/** The states a poller reported, with a promise of one that is wanted. */
class States {
  readonly all: PollerState[] = []
  #waiting: { wanted: PollerState['state']; resolve: (state: PollerState) => void }[] = []

  readonly add = (state: PollerState): void => {
    this.all.push(state)
    for (const one of this.#waiting.filter(({ wanted }) => wanted === state.state)) one.resolve(state)
  }

  next(wanted: PollerState['state']): Promise<PollerState> {
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }))
  }
}

let serverTime = Date.UTC(2026, 0, 31)
let database: Database.Database
let server: SqlServer
let journal: Journal
let states: States
const pollers: QueuePoller[] = []

function sourceWith(changes: object = {}): SourceOf<'connectwise-sql'> {
  const settings = {
    connectionId: 'connectwise',
    host: '127.0.0.1',
    port: server.port,
    ...credentials,
    encrypt: false,
    busyPollMs: 50,
    idlePollMs: 100,
    ...changes,
  }
  const parsed = source.parse({ id: 'queue', kind: 'connectwise-sql', name: 'ConnectWise queue', settings })
  if (parsed.kind !== 'connectwise-sql') throw new Error('not a queue')
  return parsed
}

function poller(changes: object = {}, password = credentials.password): QueuePoller {
  const made = createQueuePoller({
    source: sourceWith(changes),
    password,
    journal,
    clock: systemClock,
    onState: states.add,
  })
  pollers.push(made)
  return made
}

function addTickets(count: number, from = 1): void {
  for (let recId = from; recId < from + count; recId += 1) {
    server.queue.add({ entity: 'ticket', recId, action: 'updated', changedBy: 'jane' })
  }
}

function rows(where = '1 = 1'): number {
  return Number(database.prepare(`select count(*) from patchbay_event_queue where ${where}`).pluck().get())
}

beforeEach(async () => {
  database = new Database(':memory:')
  journal = new Journal()
  states = new States()
  server = await startSqlServer({
    port: 0,
    database,
    credentials,
    clock: { now: () => serverTime, monotonic: () => serverTime },
  })
})

afterEach(async () => {
  await Promise.all(pollers.splice(0).map((one) => one.stop()))
  await server.close()
})

describe('a poll', () => {
  it('brings each row to the journal as a thin event and takes it off the queue', async () => {
    server.queue.add({ entity: 'company', recId: 19, action: 'added', changedBy: 'jane' })
    server.queue.add({ entity: 'ticket', recId: 20, action: 'updated', changedBy: 'joe' })
    server.queue.add({ entity: 'contact', recId: 21, action: 'deleted', changedBy: '' })
    const ids = database.prepare('select id from patchbay_event_queue order by place').pluck().all()
    await poller().pollNow()
    expect(journal.arrivals).toHaveLength(1)
    const [arrival] = journal.arrivals
    expect(arrival).toMatchObject({
      sourceId: 'queue',
      system: 'connectwise',
      via: 'queue',
      contentType: 'application/json',
    })
    expect(arrival?.items.map((item) => item.content)).toMatchObject([
      {
        entity: 'company',
        recordId: '19',
        action: 'created',
        actor: 'jane',
        ownMark: false,
        occurredAt: serverTime,
        fields: null,
      },
      { entity: 'ticket', recordId: '20', action: 'updated', actor: 'joe' },
      { entity: 'contact', recordId: '21', action: 'deleted', actor: '' },
    ])
    expect(journal.keys).toEqual(ids.map((id) => `cwq:cwwebapp_acme:${String(id)}`))
    expect(JSON.parse(Buffer.from(arrival?.items[0]?.body ?? []).toString())).toMatchObject({
      entity: 'company',
      rec_id: '19',
      action: 'added',
    })
    expect(rows()).toBe(0)
    expect(states.all).toEqual([{ state: 'ok', reason: null, nextStep: null }])
  })

  it('goes on at once while batches are full', async () => {
    addTickets(25)
    await poller({ batchSize: 10 }).pollNow()
    expect(journal.arrivals.map((arrival) => arrival.items.length)).toEqual([10, 10, 5])
    expect(rows()).toBe(0)
  })

  it('leaves rows that could not be stored to come again, says so until they did, and makes no second event of them', async () => {
    addTickets(3)
    journal.refuses = true
    const one = poller()
    await one.pollNow()
    expect(rows("status = 'pending' and lease_token is not null")).toBe(3)
    expect(states.all.at(-1)).toMatchObject({ state: 'degraded', reason: containing('3 changes') })
    journal.refuses = false
    await one.pollNow()
    expect(states.all.at(-1)?.state).toBe('degraded')
    serverTime += 61_000
    await one.pollNow()
    expect(journal.records()).toEqual(['1', '2', '3', '1', '2', '3'])
    expect(journal.keys).toHaveLength(3)
    expect(rows()).toBe(0)
    expect(states.all.at(-1)?.state).toBe('ok')
  })

  it('sets aside what it does not understand, and brings the rest', async () => {
    addTickets(2)
    database.exec(`
      insert into patchbay_event_queue (id, entity, rec_id, action, changed_at) values
        ('00000000-0000-0000-0000-000000000001', 'ticket', null, 'updated', 1),
        ('00000000-0000-0000-0000-000000000002', null, 5, 'updated', 2),
        ('00000000-0000-0000-0000-000000000003', 'ticket', 6, 'exploded', null)`)
    await poller().pollNow()
    expect(journal.records()).toEqual(['1', '2'])
    const dead = database
      .prepare("select last_error from patchbay_event_queue where status = 'dead' order by id")
      .pluck()
      .all()
    expect(dead).toEqual([
      'The row names no record.',
      'The row names no entity.',
      'The row has an unknown action: exploded.',
    ])
    expect(states.all.at(-1)).toMatchObject({ state: 'degraded', reason: containing('3 rows') })
  })

  it('never brings a row twice when two poll at once', async () => {
    addTickets(200)
    const both = [poller({ batchSize: 7 }), poller({ batchSize: 7 })]
    await Promise.all(both.map((one) => one.pollNow()))
    const records = journal.records()
    expect(new Set(records).size).toBe(200)
    expect(records).toHaveLength(200)
    expect(rows()).toBe(0)
  })

  it.each([
    ['a wrong password', {}, 'wrong', 'refused the login patchbay_relay'],
    ['another database', { database: 'other' }, 'secret', 'may not open the database other'],
  ])('explains %s', async (_what, changes, password, words) => {
    await poller(changes, password).pollNow()
    expect(states.all).toEqual([{ state: 'down', reason: containing(words), nextStep: anyText }])
  })

  it('explains a server that is not there', async () => {
    const { port } = server
    await server.close()
    server = await startSqlServer({ port: 0, database, credentials })
    await poller({ port }).pollNow()
    expect(states.all.at(-1)).toMatchObject({ state: 'down', reason: containing('(ECONNREFUSED)') })
  })
})

describe('a poller at work', () => {
  it('brings what is added later', async () => {
    const first = journal.next()
    poller().start()
    await states.next('ok')
    addTickets(1)
    await first
    expect(journal.records()).toEqual(['1'])
  })

  it('comes back by itself when the server was away, with nothing lost', async () => {
    const one = poller()
    one.start()
    await states.next('ok')
    const down = states.next('down')
    server.setDown(true)
    addTickets(4)
    expect((await down).reason).toContain('was cut')
    const [well, arrived] = [states.next('ok'), journal.next()]
    server.setDown(false)
    await Promise.all([well, arrived])
    expect(journal.records()).toEqual(['1', '2', '3', '4'])
  })

  it('survives a server that is cut off between lease and acknowledgement', async () => {
    addTickets(2)
    let open = () => {}
    journal.gate = new Promise((resolve) => (open = resolve))
    const arrived = journal.next()
    const down = states.next('down')
    poller().start()
    await arrived
    server.setDown(true)
    open()
    await down
    expect(rows()).toBe(2)
    serverTime += 61_000
    const again = states.next('ok')
    server.setDown(false)
    await again
    expect(rows()).toBe(0)
    expect(journal.keys).toHaveLength(2)
  })

  it('finishes the batch under way when it is stopped, and takes no other', async () => {
    addTickets(30)
    let open = () => {}
    journal.gate = new Promise((resolve) => (open = resolve))
    const arrived = journal.next()
    const one = poller({ batchSize: 10 })
    one.start()
    await arrived
    const stopped = one.stop()
    open()
    await stopped
    expect(journal.records()).toHaveLength(10)
    expect(rows()).toBe(20)
    expect(rows('lease_token is not null')).toBe(0)
  })

  it('does not wait for a server that never answers when it is stopped', async () => {
    let connected = () => {}
    const connection = new Promise<void>((resolve) => (connected = resolve))
    const sockets: Socket[] = []
    const silent = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => undefined).resume()
      connected()
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const one = poller({ port: (silent.address() as AddressInfo).port })
    one.start()
    await connection
    const begun = performance.now()
    await one.stop()
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(states.all).toEqual([])
    const closed = new Promise((resolve) => silent.close(resolve))
    sockets.forEach((socket) => socket.destroy())
    await closed
  })
})

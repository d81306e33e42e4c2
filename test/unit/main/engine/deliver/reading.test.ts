import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Commands } from '#main/engine/commands.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { Lines } from '#main/engine/deliver/lines.ts'
import { Pauses } from '#main/engine/pauses.ts'
import { append } from '#main/journal/append.ts'
import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import { SendsUnderWay } from '#main/outbound/under-way.ts'
import { enqueue } from '#main/queue/queue.ts'
import { addCalls, hourMs } from '#main/store/api-calls.ts'
import type { Store } from '#main/store/store.ts'
import { connection, type Connection } from '#shared/domain/connection.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { ConnectionId, RouteId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { answerJson, startLoopback, type Loopback } from '#test/unit/main/connectors/loopback.ts'

const start = 500_000 * hourMs
const key = new Uint8Array(32).fill(7)
const ids = { salesforce: 'salesforce' as ConnectionId, connectwise: 'connectwise' as ConnectionId }
const routes = readyMadeRoutes(ids)

/** Time stands still: what waits goes on only if somebody wakes it. */
const clock = new HandClock(start)
let store: Store
let closeStore: () => Promise<void>
let source: Loopback
let commands: Commands
let lines: Lines
/** Questions that the source has not answered yet. */
let asked: ServerResponse[]

beforeEach(async () => {
  clock.set(start)
  ;({ store, close: closeStore } = temporaryStore())
  asked = []
  source = await startLoopback((_, response) => void asked.push(response))
  const configuration = new Configuration(store, key)
  commands = new Commands(store, key, clock, configuration)
  const sends = new SendsUnderWay()
  const onBug = (where: string, error: unknown): never => {
    throw new Error(where, { cause: error })
  }
  const told = { sourceChanged: () => Promise.resolve(), resumed: () => undefined }
  const pauses = new Pauses({ store, clock, configuration, sends, ...told })
  lines = new Lines({ store, clock, configuration, pauses, sends, mayWrite: () => true, onBug })
  store.onCommit(() => lines.kick())
  const salesforce = connection.parse({
    id: ids.salesforce,
    kind: 'salesforce',
    name: 'Salesforce',
    settings: { loginUrl: 'http://127.0.0.1:9', clientId: 'x' },
  })
  await commands.saveConnection(salesforce, {}, 'ada')
  await commands.saveConnection(connectwise(), {}, 'ada')
  for (const mapping of readyMadeMappings()) await commands.saveMapping(mapping, '', 'ada')
  for (const one of routes) await commands.saveRoute(one, 'ada')
})
afterEach(async () => {
  await lines.close(0)
  await source.close()
  await closeStore()
})

function connectwise(settings: object = {}): Connection {
  return connection.parse({
    id: ids.connectwise,
    kind: 'connectwise',
    name: 'ConnectWise',
    settings: {
      baseUrl: source.url,
      companyId: 'acme',
      publicKey: 'x',
      clientId: 'x',
      memberId: 'patchbay',
      ...settings,
    },
  })
}

/** Saves the connection to the source, as a person would while the relay runs. */
async function save(settings: object): Promise<void> {
  await commands.saveConnection(connectwise(settings), {}, 'ada')
  lines.reopen(ids.connectwise)
}

function open(): void {
  for (const id of Object.values(ids)) lines.reopen(id)
}

/** Companies of ConnectWise that somebody has touched: each has to be read. */
async function touched(count: number, level: number = priority.live): Promise<void> {
  await store.write((tx) => {
    for (let n = 0; n < count; n += 1) {
      const recordId = String(1_000 * level + n)
      const arrival = arrivalOf(`company ${recordId}`, { recordId, entity: 'company', action: 'touched' })
      const [receipt] = append(tx, { ...arrival, system: 'connectwise' })
      if (receipt === undefined) throw new Error('not stored')
      enqueue(tx, {
        eventId: receipt.eventId,
        routeId: 'company-to-account' as RouteId,
        connectionId: ids.salesforce,
        lane: `connectwise:company:${recordId}`,
        priority: level,
        mode: level === priority.live ? 'live' : 'current',
        idempotencyKey: recordId,
        createdAt: clock.now(),
      })
    }
  })
}

const waitFor = (what: string, code: string, count: number) =>
  until(what, () => {
    const sql = `select count(*) as count from deliveries where state = 'waiting' and failure ->> '$.code' = ?`
    return store.read((tx) => tx.get<{ count: number }>(sql, code))?.count === count
  })

/** The source knows none of the records, whatever it is asked from now on, until all deliveries have ended. */
const drained = () =>
  until('all have ended', () => {
    for (const response of asked.splice(0)) answerJson(response, 404, { code: 'NotFound', message: 'no' })
    const sql = `select count(*) as count from deliveries where state <> 'skipped'`
    return store.read((tx) => tx.get<{ count: number }>(sql))?.count === 0
  })

function hold(state: string, untilAt: number): Promise<unknown> {
  return store.write((tx) =>
    tx.run(
      `update connections set held_state = ?, held_since = ?, held_until = ?, held_reason = 'x' where id = 'connectwise'`,
      state,
      start,
      untilAt,
    ),
  )
}

const used = (calls: number) => store.write((tx) => addCalls(tx, 'connectwise', new Map([[start / hourMs, calls]]), 0))

describe('a source that may have come back', () => {
  it('is asked by one, and the others wake when it has answered', async () => {
    await hold('down', start)
    await touched(16)
    open()
    await waitFor('one probes, and all others wait', 'SOURCE_HELD', 15)
    await until('it is asked', () => asked.length === 1)
    await drained()
    expect(lines.get(ids.connectwise)?.gate.hold).toBeNull()
  })
})

describe('the reserve of the source', () => {
  it('is left by replays to live events, until there is more', async () => {
    await save({ dailyCalls: 100 })
    await used(85)
    await touched(1, priority.replay)
    await touched(1)
    open()
    await waitFor('the replay waits', 'SOURCE_RESERVED', 1)
    await until('the live event is read', () => asked.length === 1)
    await save({ dailyCalls: 1_000 })
    await drained()
    expect(source.received).toHaveLength(2)
  })
})

describe('a limit of our own', () => {
  it('holds no longer than the settings that it came from', async () => {
    await save({ dailyCalls: 100 })
    await used(100)
    await hold('limited', start + 24 * hourMs)
    open()
    await save({ dailyCalls: 100, crossReferenceCaption: 'Other' })
    expect(lines.get(ids.connectwise)?.gate.hold?.state).toBe('limited')
    await touched(3)
    await waitFor('what has to be read waits', 'SOURCE_HELD', 3)
    await save({ dailyCalls: 1_000 })
    expect(lines.get(ids.connectwise)?.gate.hold).toBeNull()
    await drained()
    expect(store.read((tx) => tx.get(`select held_state from connections where id = 'connectwise'`))).toEqual({
      held_state: null,
    })
  })

  it('is not what the system itself has asked for', async () => {
    await save({ dailyCalls: 100 })
    await used(99)
    await hold('limited', start + 24 * hourMs)
    open()
    await save({ dailyCalls: 1_000 })
    expect(lines.get(ids.connectwise)?.gate.hold?.state).toBe('limited')
  })
})

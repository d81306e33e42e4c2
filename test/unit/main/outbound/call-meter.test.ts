import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { CallMeter, metered } from '#main/outbound/call-meter.ts'
import type { Store } from '#main/store/store.ts'
import { exchange } from '#shared/domain/delivery.ts'
import { failed } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const hourMs = 3_600_000
let store: Store
let close: () => Promise<void>
let clock: HandClock
beforeEach(() => {
  ;({ store, close } = temporaryStore())
  clock = new HandClock(1_000 * hourMs)
})
afterEach(() => close())

function meterOf(id: string): CallMeter {
  const onBug = (error: unknown): never => {
    throw error
  }
  return new CallMeter({ store, clock, connectionId: id as ConnectionId, onBug })
}

function count(meter: CallMeter, times: number): void {
  for (let n = 0; n < times; n += 1) meter.count()
}

describe('the count of calls', () => {
  it('survives a restart, by connection', async () => {
    const meter = meterOf('sf')
    count(meter, 3)
    await meter.flush()
    count(meter, 2)
    await meter.flush()
    await meter.flush()
    expect([meter.used(), meterOf('sf').used(), meterOf('cw').used()]).toEqual([5, 5, 0])
  })

  it('says when calls stop to count, and forgets them then, in the rows too', async () => {
    const meter = meterOf('sf')
    count(meter, 3)
    await meter.flush()
    clock.add(2 * hourMs)
    count(meter, 4)
    expect(meter.returnsAt(8)).toBe(clock.now())
    expect(meter.returnsAt(7)).toBe(1_025 * hourMs)
    expect(meter.returnsAt(1)).toBe(1_027 * hourMs)
    clock.set(1_025 * hourMs)
    expect(meter.used()).toBe(4)
    await meter.flush()
    expect(store.read((tx) => tx.all('select hour, calls from api_calls'))).toEqual([{ hour: 1_002, calls: 4 }])
  })
})

describe('a connector with a meter on it', () => {
  const made = exchange.parse({
    purpose: 'look-up',
    method: 'GET',
    url: 'https://sf.example.com/',
    requestHeaders: {},
    requestBody: null,
    status: 200,
    responseHeaders: {},
    responseBody: null,
    error: null,
    startedAt: 1,
    durationMs: 1,
  })
  /** Makes one exchange for each order. */
  const ask = ({ record }: CallContext) => {
    record(made)
    return Promise.resolve(
      failed({ class: 'permanent', stage: 'deliver', code: 'x', sentence: 'It was refused.' } as const),
    )
  }
  const plain: Connector = {
    system: 'salesforce',
    fetch: (_, __, context) => ask(context),
    changedSince: (_, __, context) => ask(context),
    findByCrossReference: (_, __, context) => ask(context),
    findByField: (_, __, ___, context) => ask(context),
    findWinner: (_, __, context) => ask(context),
    create: (_, context) => ask(context),
    update: (_, context) => ask(context),
    listEntities: (context) => ask(context),
    describe: (_, context) => ask(context),
    check: (context) => ask(context).then(() => []),
    budget: () => null,
    close: () => Promise.resolve(),
  }
  const record = {
    ref: { system: 'salesforce', entity: 'Account', id: '1' },
    version: null,
    changedBy: null,
    values: {},
    crossReference: null,
  } as const
  const orders: Record<string, (connector: Connector, context: CallContext) => Promise<unknown>> = {
    fetch: (connector, context) => connector.fetch('Account', '1', context),
    changedSince: (connector, context) => connector.changedSince('Account', '2026-01-01T00:00:00Z', context),
    findByCrossReference: (connector, context) => connector.findByCrossReference('Account', '1', context),
    findByField: (connector, context) => connector.findByField('Account', 'Name', 'x', context),
    findWinner: (connector, context) => connector.findWinner('Account', '1', context),
    create: (connector, context) =>
      connector.create({ entity: 'Account', values: {}, foreignId: '1', idempotencyKey: 'x' }, context),
    update: (connector, context) =>
      connector.update({ entity: 'Account', id: '1', changes: {}, before: record }, context),
    listEntities: (connector, context) => connector.listEntities(context),
    describe: (connector, context) => connector.describe('Account', context),
    check: (connector, context) => connector.check(context),
  }

  it.each(Object.keys(orders))('counts the calls of %s, and tells of its end', async (name) => {
    const heard: string[] = []
    const connector = metered(plain, { onCall: () => heard.push('call'), onAnswer: () => heard.push('answer') })
    const { signal } = new AbortController()
    await orders[name]?.(connector, { purpose: 'look-up', signal, record: () => heard.push('recorded') })
    expect(heard).toEqual(['call', 'recorded', 'answer'])
  })
})

import { expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { append } from '#main/journal/append.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import { Router } from '#main/mapping/route/router.ts'
import { loadWorkItem } from '#main/outbound/work-item.ts'
import { refreshEvent } from '#main/outcomes/event-state.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { guardUnlink } from '#main/outcomes/unlink-guard.ts'
import { cancelDelivery, orderReplay } from '#main/outcomes/replay.ts'
import { saveRoute } from '#main/store/configuration.ts'
import { lease, nextAvailableAt } from '#main/queue/queue.ts'
import { countQueue, countSource, countWaitingFor } from '#main/store/counts.ts'
import { openForReading } from '#main/store/open.ts'
import type { Store } from '#main/store/store.ts'
import type { ConnectionId, EventId, SourceId } from '#shared/domain/ids.ts'
import { replayRequest } from '#shared/domain/replay.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const connections = { salesforce: 'salesforce' as ConnectionId, connectwise: 'connectwise' as ConnectionId }
const far = 10 ** 14

/** Tables that grow without end. */
const grows = /^(?:SCAN|SEARCH) (events|payloads|dedupe_keys|duplicates|deliveries|attempts|links|writes|e|d|p|a)\b/
/** Reads that may look at everything in one state or of one route; each with the reason. */
const mayLookWide: readonly RegExp[] = [
  // The unrouted are what is to be done.
  /where e\.state = 'stored'/,
  // Looks at the newest fifty events of one record.
  /order by id desc limit 50\) e/,
  // Counts for the health page, of what has not ended.
  /^select state, count\(\*\) as count from deliveries where state in/,
  /min\(at\) as at from \(\s*select \(select created_at/,
  /indexed by deliveries_dead/,
]

/** One event on each path from the door to its end, so that every statement on the way has been run. */
async function walkThePath(store: Store): Promise<void> {
  const routes = readyMadeRoutes(connections).map((route) => ({ ...route, coalesce: true }))
  const onBug = (error: unknown): never => {
    throw error
  }
  const router = new Router({ store, clock: systemClock, routes: () => routes, refreshEvent, onBug })
  for (const key of ['a', 'b', 'a']) {
    await store.write((tx) => append(tx, arrivalOf(key, { version: key, fields: null, ownMark: true })))
    router.kick()
    await router.stop()
    await store.drain()
  }
  await store.write((tx) => {
    for (const route of routes) saveRoute(tx, route)
  })
  for (const outcome of outcomes()) {
    await store.write((tx) => append(tx, arrivalOf(`another ${Math.random()}`)))
    const own = new Router({ store, clock: systemClock, routes: () => routes, refreshEvent, onBug })
    own.kick()
    await own.stop()
    await store.write((tx) => {
      nextAvailableAt(tx, connections.connectwise)
      for (const one of lease(tx, connections.connectwise, 3, far, { token: 't', until: far })) {
        const item = loadWorkItem(tx, one)
        if (item !== null) recordOutcome(tx, one, item.eventId, outcome, null, 5)
        orderReplay(tx, replayRequest.parse({ deliveryIds: [one.deliveryId] }), { who: 'api', at: 6 })
        orderReplay(tx, replayRequest.parse({ eventIds: [item?.eventId ?? 0] }), { who: 'api', at: 6 })
        cancelDelivery(tx, one.deliveryId, 'no', 7)
      }
    })
  }
  store.read((tx) => {
    const gone = { system: 'connectwise', entity: 'company', id: '12' } as const
    const unlink = { eventId: 1 as EventId, sourceId: 'salesforce' as SourceId, gone, orderedAt: null, most: 5 }
    guardUnlink(tx, { ...unlink, told: 'deleted' }, 5)
    countQueue(tx)
    countWaitingFor(tx, 'connectwise')
    countSource(tx, 'salesforce')
  })
}

function outcomes(): Outcome[] {
  const ref = { system: 'connectwise', entity: 'company', id: '12' } as const
  const side = { version: 'v', synced: {} }
  const link = {
    salesforce: { entity: 'Account', id: '001000000000001AAA', ...side },
    connectwise: { entity: 'company', id: '12', ...side },
  }
  const written = { ref, version: 'v' }
  return [
    { kind: 'skipped', note: 'x' },
    { kind: 'delivered', result: 'updated', note: 'x', destination: ref, link, written },
    { kind: 'joined', fromLane: 'salesforce:Account:1', lane: 'salesforce:Account:2', note: 'x' },
  ]
}

function planOf(db: ReturnType<typeof openForReading>, sql: string): string[] {
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => null)
  const rows = db.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
  return rows.map((row) => row.detail)
}

/** A plan that looks at more rows the longer the relay has run. */
function isWide(detail: string): boolean {
  if (!grows.test(detail)) return false
  return (
    detail.startsWith('SCAN') || /deliveries_by_state|deliveries_by_route|events_by_state|events_by_source/.test(detail)
  )
}

it('finds the rows of one delivery without looking at those of all others', async () => {
  const { store, close } = temporaryStore()
  try {
    await walkThePath(store)
    const statements = store.statements().filter((sql) => /^\s*(select|insert|update|delete)/.test(sql))
    expect(statements.length).toBeGreaterThan(25)
    // A bare place there would have SQLite compile the statement anew with each value.
    expect(statements.filter((sql) => /(?:[=<>]|\blimit)\s*\?/iu.test(sql))).toEqual([])
    const db = openForReading(store.file)
    const wide = statements
      .filter((sql) => !mayLookWide.some((reason) => reason.test(sql)))
      .flatMap((sql) =>
        planOf(db, sql)
          .filter(isWide)
          .map((detail) => `${detail}: ${sql}`),
      )
    const deleting = planOf(db, 'delete from deliveries where id = ?').filter(isWide)
    db.close()
    expect([...wide, ...deleting]).toEqual([])
  } finally {
    await close()
  }
})

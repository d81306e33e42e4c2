import type { Clock } from '#main/base/clock.ts'
import type { Connector } from '#main/connectors/connector.ts'
import { Gate, type Hold } from '#main/outbound/gate.ts'
import { DeliveryWorker } from '#main/outbound/worker.ts'
import type { Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import { connectionConcurrency, type Connection } from '#shared/domain/connection.ts'

/** All that belongs to one connection at work: the connector, its breaker, and the worker that delivers to it. */
export interface Line {
  readonly connection: Connection
  readonly connector: Connector
  readonly gate: Gate
  readonly worker: DeliveryWorker
}

interface HoldRow {
  held_state: Hold['state'] | null
  held_since: number | null
  held_until: number | null
  held_reason: string | null
  held_fix: string | null
}

export function openLine(ports: {
  readonly store: Store
  readonly clock: Clock
  readonly connection: Connection
  readonly connector: Connector
  readonly deliver: (lease: Lease, line: Line) => Promise<void>
  readonly onBug: (error: unknown) => void
}): Line {
  const { store, clock, connection, connector } = ports
  const gate = new Gate(connectionConcurrency, loadHold(store, connection.id), (hold) => {
    void store
      .write((tx) => {
        saveHold(tx, connection.id, hold)
        if (hold === null) wakeTransient(tx, connection.id, clock.now())
        tx.notes.health = true
      })
      .catch(ports.onBug)
  })
  const worker = new DeliveryWorker({
    store,
    clock,
    gate,
    connectionId: connection.id,
    concurrency: connectionConcurrency,
    deliver: (lease) => ports.deliver(lease, line),
    onBug: ports.onBug,
  })
  const line: Line = { connection, connector, gate, worker }
  return line
}

/** Stops taking work, waits for what runs, and lets the connector go. */
export async function closeLine(line: Line): Promise<void> {
  await line.worker.stop()
  await line.connector.close()
}

function loadHold(store: Store, id: string): Hold | null {
  const row = store.read((tx) =>
    tx.get<HoldRow>(
      'select held_state, held_since, held_until, held_reason, held_fix from connections where id = ?',
      id,
    ),
  )
  if (row === undefined || row.held_state === null) return null
  return {
    state: row.held_state,
    since: row.held_since ?? 0,
    until: row.held_until ?? 0,
    reason: row.held_reason ?? '',
    fix: row.held_fix,
  }
}

type Tx = Parameters<Parameters<Store['write']>[0]>[0]

function saveHold(tx: Tx, id: string, hold: Hold | null): void {
  tx.run(
    'update connections set held_state = ?, held_since = ?, held_until = ?, held_reason = ?, held_fix = ? where id = ?',
    hold?.state ?? null,
    hold?.since ?? null,
    hold?.until ?? null,
    hold?.reason ?? null,
    hold?.fix ?? null,
    id,
  )
}

/** The other side is back: what waits for nothing but its return need not wait out its backoff. The gate ramps the rush up. */
function wakeTransient(tx: Tx, connectionId: string, now: number): void {
  tx.run(
    `update deliveries set available_at = ?
     where connection_id = ? and head = 1 and state = 'waiting' and available_at > ?
       and json_extract(failure, '$.class') in ('transient', 'unknown', 'auth', 'limited')`,
    now,
    connectionId,
    now,
  )
  tx.notes.ready.add(connectionId)
}

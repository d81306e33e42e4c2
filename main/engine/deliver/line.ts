import type { Clock } from '#main/base/clock.ts'
import type { Connector } from '#main/connectors/connector.ts'
import { CallMeter, metered } from '#main/outbound/call-meter.ts'
import { Gate, type Hold } from '#main/outbound/gate.ts'
import { Readers } from '#main/outbound/readers.ts'
import { Tries } from '#main/outbound/tries.ts'
import { DeliveryWorker } from '#main/outbound/worker.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { wakeWaitingFor, type Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { connectionConcurrency, type Connection } from '#shared/domain/connection.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { LineBudget } from './line-budget.ts'

/** All that belongs to one connection at work: the connector, its breaker, its budget, and the worker that delivers to it. */
export interface Line {
  readonly connection: Connection
  readonly connector: Connector
  readonly gate: Gate
  /** Those who read from here for a delivery to somewhere else. */
  readonly readers: Readers
  readonly meter: CallMeter
  readonly budget: LineBudget
  readonly worker: DeliveryWorker
  readonly tries: Tries
}

interface HoldRow {
  held_state: Hold['state'] | null
  held_since: number | null
  held_until: number | null
  held_reason: string | null
  held_fix: string | null
  reserve_reason: string | null
}

export interface LinePorts {
  readonly store: Store
  readonly clock: Clock
  readonly connection: Connection
  readonly connector: Connector
  /** Whether people have paused this connection, or everything. */
  readonly isPaused: () => boolean
  readonly deliver: (lease: Lease, item: WorkItem, line: Line) => Promise<void>
  readonly onBug: (error: unknown) => void
}

export function openLine(ports: LinePorts): Line {
  const { store, clock, connection, onBug } = ports
  const row = store.read((tx) => loadRow(tx, connection.id))
  const note = (work: (tx: Transaction) => void): void => {
    store
      .write((tx) => {
        work(tx)
        tx.notes.health = true
      })
      .catch(onBug)
  }
  const wakeReaders = (tx: Transaction): void => wakeWaitingFor(tx, readableKey(connection.id), clock.now())
  const gate = new Gate(connectionConcurrency, holdOf(row), (hold, mayReadAgain) =>
    note((tx) => {
      saveHold(tx, connection.id, hold)
      if (hold === null) wakeTransient(tx, connection.id, clock.now())
      if (mayReadAgain) wakeReaders(tx)
    }),
  )
  const meter = new CallMeter({ store, clock, connectionId: connection.id, onBug })
  const connector = metered(ports.connector, { onCall: () => meter.count(), onAnswer: () => budget.look() })
  const budget = new LineBudget(
    {
      connection,
      clock,
      meter,
      gate,
      reported: () => connector.budget(),
      onReserve: (reason) =>
        note((tx) => {
          tx.run('update connections set reserve_reason = ? where id = ?', reason, connection.id)
          if (reason === null) wakeReaders(tx)
        }),
    },
    row?.reserve_reason !== null && row?.reserve_reason !== undefined,
  )
  const worker = new DeliveryWorker({
    store,
    clock,
    gate,
    connectionId: connection.id,
    concurrency: connectionConcurrency,
    admission: (now) => (ports.isPaused() ? { upTo: -1, askAgainAt: null } : budget.admission(now)),
    deliver: (lease, item) => ports.deliver(lease, item, line),
    onBug,
  })
  const readers = new Readers(gate, clock)
  const line: Line = { connection, connector, gate, readers, meter, budget, worker, tries: new Tries() }
  return line
}

/** What deliveries wait for that can't read their record from a connection now, as their `waits_for` has it. */
export function readableKey(id: ConnectionId): string {
  return `readable:${id}`
}

/** Stops taking work, waits for what runs, and lets the connector go. */
export async function closeLine(line: Line): Promise<void> {
  await line.worker.stop()
  await line.connector.close()
  await line.meter.flush()
}

function loadRow(tx: Transaction, id: string): HoldRow | undefined {
  return tx.get<HoldRow>(
    'select held_state, held_since, held_until, held_reason, held_fix, reserve_reason from connections where id = ?',
    id,
  )
}

function holdOf(row: HoldRow | undefined): Hold | null {
  if (row === undefined || row.held_state === null) return null
  return {
    state: row.held_state,
    since: row.held_since ?? 0,
    until: row.held_until ?? 0,
    reason: row.held_reason ?? '',
    fix: row.held_fix,
  }
}

function saveHold(tx: Transaction, id: string, hold: Hold | null): void {
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
function wakeTransient(tx: Transaction, connectionId: string, now: number): void {
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

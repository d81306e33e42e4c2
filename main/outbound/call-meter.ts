import type { Clock } from '#main/base/clock.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { addCalls, hourMs, loadCalls } from '#main/store/api-calls.ts'
import type { Store } from '#main/store/store.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { callsIn, firstHour, returnsAt } from './budget.ts'

/** How long counts may stay in memory (ms): what a crash may make us forget. */
const flushMs = 1_000

export interface CallMeterPorts {
  readonly store: Store
  readonly clock: Clock
  readonly connectionId: ConnectionId
  readonly onBug: (error: unknown) => void
}

/** Counts the calls made to one connection over the last 24 hours, in rows for each hour so that a restart does not forget them. */
export class CallMeter {
  readonly #ports: CallMeterPorts
  readonly #hours: Map<number, number>
  #unsaved = new Map<number, number>()
  #timer: NodeJS.Timeout | null = null
  /** ms since 1970; null when none was made since the start. */
  lastCallAt: number | null = null

  constructor(ports: CallMeterPorts) {
    this.#ports = ports
    const first = firstHour(ports.clock.now())
    this.#hours = ports.store.read((tx) => loadCalls(tx, ports.connectionId, first))
  }

  /** One more call was made. */
  count(): void {
    const now = this.#ports.clock.now()
    const hour = Math.floor(now / hourMs)
    this.lastCallAt = now
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1)
    this.#unsaved.set(hour, (this.#unsaved.get(hour) ?? 0) + 1)
    this.#timer ??= setTimeout(() => void this.flush().catch(this.#ports.onBug), flushMs).unref()
  }

  used(): number {
    return callsIn(this.#hours, this.#ports.clock.now())
  }

  /** When fewer than `most` will count, if no further call is made. */
  returnsAt(most: number): number {
    return returnsAt(this.#hours, most, this.#ports.clock.now())
  }

  /** Writes down what was counted since the last time. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const added = this.#unsaved
    if (added.size === 0) return
    this.#unsaved = new Map()
    const { store, clock, connectionId } = this.#ports
    const first = firstHour(clock.now())
    for (const hour of this.#hours.keys()) if (hour < first) this.#hours.delete(hour)
    await store.writeLight((tx) => addCalls(tx, connectionId, added, first))
  }
}

/** What a metered connector tells: of each exchange with the other system, and of the end of each order given to it. */
export interface MeterListener {
  onCall(): void
  onAnswer(): void
}

/** The connector with a meter on it. Nothing is handed on unnamed, so that no order to come is forgotten. */
export function metered(connector: Connector, listener: MeterListener): Connector {
  const counting = (context: CallContext): CallContext => ({
    ...context,
    record: (exchange) => {
      listener.onCall()
      context.record(exchange)
    },
  })
  const told = async <T>(order: Promise<T>): Promise<T> => {
    const answer = await order
    listener.onAnswer()
    return answer
  }
  return {
    system: connector.system,
    fetch: (entity, id, context) => told(connector.fetch(entity, id, counting(context))),
    changedSince: (entity, since, context) => told(connector.changedSince(entity, since, counting(context))),
    findByCrossReference: (entity, foreignId, context) =>
      told(connector.findByCrossReference(entity, foreignId, counting(context))),
    findByField: (entity, field, value, context) =>
      told(connector.findByField(entity, field, value, counting(context))),
    findWinner: (entity, id, context) => told(connector.findWinner(entity, id, counting(context))),
    create: (order, context) => told(connector.create(order, counting(context))),
    update: (order, context) => told(connector.update(order, counting(context))),
    listEntities: (context) => told(connector.listEntities(counting(context))),
    describe: (entity, context) => told(connector.describe(entity, counting(context))),
    check: (context) => told(connector.check(counting(context))),
    budget: () => connector.budget(),
    close: () => connector.close(),
  }
}

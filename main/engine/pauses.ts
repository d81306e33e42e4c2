import type { Clock } from '#main/base/clock.ts'
import type { SendsUnderWay } from '#main/outbound/under-way.ts'
import { wakeWaitingFor } from '#main/queue/queue.ts'
import type { Commanded } from '#main/relay.ts'
import { audit } from '#main/store/configuration.ts'
import { clearPause, findPause, loadPauses, savePause } from '#main/store/pauses.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ConnectionId, RouteId, SourceId } from '#shared/domain/ids.ts'
import { pauseKey, type Pause, type PauseReceipt, type PauseTarget } from '#shared/domain/pause.ts'
import type { Configuration } from './configure/configuration.ts'

export interface PausesPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  readonly sends: SendsUnderWay
  /** A source was paused or goes on; resolves when its door and poller know. */
  readonly sourceChanged: () => Promise<void>
  /** Deliveries may go on. */
  readonly resumed: () => void
}

/** What a delivery passes on its way; a pause of any of it holds the delivery. */
export interface Passage {
  readonly routeId?: RouteId
  readonly connectionIds: readonly ConnectionId[]
  /** The source of its event. */
  readonly sourceId?: SourceId
}

/** How long a pause waits for writes that had left before (ms). */
const underWayMs = 5_000

const everything: PauseTarget = { scope: 'everything', id: '' }

/** What people have paused. The rows decide right before each write; what is held here spares the work that leads up to it. */
export class Pauses {
  readonly #ports: PausesPorts
  #list: readonly Pause[]

  constructor(ports: PausesPorts) {
    this.#ports = ports
    this.#list = ports.store.read(loadPauses)
  }

  /** Oldest first. */
  get list(): readonly Pause[] {
    return this.#list
  }

  /** The pause that stands in a delivery's way; null when none does. */
  holding(passage: Passage): Pause | null {
    return firstOf(passage, ({ scope, id }) => this.#list.find((one) => one.scope === scope && one.id === id) ?? null)
  }

  /** The same as the rows have it, in the transaction that is about to let the delivery pass. */
  holdingIn(tx: Transaction, passage: Passage): Pause | null {
    return firstOf(passage, (target) => findPause(tx, target))
  }

  /** The pause that shuts a source's door; everything paused stops what is sent, not what comes in. */
  ofSource(id: SourceId): Pause | null {
    return this.#list.find((one) => one.scope === 'source' && one.id === id) ?? null
  }

  /**
   * Pauses something. Resolves when nothing that it forbids leaves any more: after the commit, and after the answers to writes that
   * had left before, which are waited for a few seconds.
   */
  async set(target: PauseTarget, reason: string, who: string): Promise<Commanded<PauseReceipt>> {
    const unknown = this.#unknown(target)
    if (unknown !== null) return unknown
    const { store, clock, sends, sourceChanged } = this.#ports
    const pause: Pause = { ...target, reason, who, pausedAt: clock.now() }
    await store.writeUrgent((tx) => {
      savePause(tx, pause)
      audit(tx, { at: pause.pausedAt, who, action: 'pause', subject: nameOf(target), detail: reason })
    })
    this.#reload()
    if (target.scope === 'source') await sourceChanged()
    const underWay = await sends.ended(
      (send) => isInTheWay(target, { ...send, connectionIds: [send.connectionId] }),
      underWayMs,
    )
    return { ok: true, value: { pause, underWay } }
  }

  /** Ends a pause and lets what it held go on, in order. */
  async clear(target: PauseTarget, who: string): Promise<Commanded<readonly Pause[]>> {
    const { store, clock, sourceChanged, resumed } = this.#ports
    const done = await store.writeUrgent((tx) => {
      const now = clock.now()
      if (!clearPause(tx, target)) return false
      wakeWaitingFor(tx, pauseKey(target), now)
      audit(tx, { at: now, who, action: 'resume', subject: nameOf(target) })
      return true
    })
    this.#reload()
    if (!done) return { ok: false, code: 'NOT_FOUND', reason: `There is no pause of ${nameOf(target)}.` }
    if (target.scope === 'source') await sourceChanged()
    resumed()
    return { ok: true, value: this.#list }
  }

  #reload(): void {
    this.#list = this.#ports.store.read(loadPauses)
  }

  #unknown(target: PauseTarget): (Commanded<never> & { ok: false }) | null {
    const { connections, routes, sources } = this.#ports.configuration
    const isKnown = {
      everything: target.id === '',
      connection: connections.has(target.id as ConnectionId),
      route: routes.some((one) => one.id === target.id),
      source: sources.has(target.id),
    }[target.scope]
    return isKnown ? null : { ok: false, code: 'NOT_FOUND', reason: `There is no ${nameOf(target)}.` }
  }
}

/** Whether a pause of this holds what passes there. */
export function isInTheWay({ scope, id }: PauseTarget, { connectionIds, routeId, sourceId }: Passage): boolean {
  switch (scope) {
    case 'everything':
      return true
    case 'connection':
      return connectionIds.some((one) => one === id)
    case 'route':
      return routeId === id
    case 'source':
      return sourceId === id
  }
}

function firstOf(
  { routeId, connectionIds, sourceId }: Passage,
  find: (target: PauseTarget) => Pause | null,
): Pause | null {
  const targets: PauseTarget[] = [
    everything,
    ...connectionIds.map((id) => ({ scope: 'connection' as const, id })),
    ...(routeId === undefined ? [] : [{ scope: 'route' as const, id: routeId }]),
    ...(sourceId === undefined ? [] : [{ scope: 'source' as const, id: sourceId }]),
  ]
  for (const target of targets) {
    const found = find(target)
    if (found !== null) return found
  }
  return null
}

function nameOf({ scope, id }: PauseTarget): string {
  return scope === 'everything' ? 'everything' : `${scope} ${id}`
}

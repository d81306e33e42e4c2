import type { Clock } from '#main/base/clock.ts'
import type { Logger } from '#main/base/logger.ts'
import { readCursor, sweep } from '#main/inbound/sweep/sweep.ts'
import type { Journal } from '#main/journal/journal.ts'
import type { Commanded } from '#main/relay.ts'
import type { Store } from '#main/store/store.ts'
import { priority } from '#shared/domain/delivery.ts'
import { ok, type Result } from '#shared/domain/failure.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { Configuration } from '../configure/configuration.ts'
import type { Line } from '../deliver/line.ts'
import type { Pauses } from '../pauses.ts'

/** How often it is looked whether a sweep is due (ms). */
const lookMs = 30_000
/** How long after a start the first sweep of a connection is made (ms): what waited for the relay comes by itself first. */
const afterStartMs = 60_000
/** How long the sweep of one kind of record may take (ms). */
const sweepMs = 5 * 60_000

export interface SweepsPorts {
  readonly store: Store
  readonly journal: Journal
  readonly clock: Clock
  readonly logger: Logger
  readonly configuration: Configuration
  readonly pauses: Pauses
  readonly lines: ReadonlyMap<ConnectionId, Line>
  readonly mayWrite: () => boolean
  readonly onBug: (error: unknown) => void
}

/**
 * Asks each system from time to time what was changed, and finds what nobody has announced: callbacks that were sent while the relay was
 * off, webhooks that a sender gave up. That is background work: it stands back like a backfill when API calls run short, and does not
 * knock at a system that is held or paused.
 */
export class Sweeps {
  readonly #ports: SweepsPorts
  readonly #sweptAt = new Map<ConnectionId, number>()
  readonly #stopping = new AbortController()
  #startedAt = 0
  #turn: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null

  constructor(ports: SweepsPorts) {
    this.#ports = ports
  }

  start(): void {
    this.#startedAt = this.#ports.clock.now()
    this.#timer = setInterval(() => void this.look(), lookMs).unref()
    void this.look()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#stopping.abort()
    await this.#turn
  }

  /** Sweeps now, because a person wants it; answers how many changes were found. */
  findMissed(id: ConnectionId): Promise<Commanded<number>> {
    return this.#inTurn(async () => {
      const line = this.#ports.lines.get(id)
      if (line === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no connection ${id}.` }
      const obstacle = this.#obstacle(line)
      if (obstacle !== null) return { ok: false, code: 'CONFLICT', reason: obstacle }
      const found = await this.#sweep(line)
      return found.ok
        ? { ok: true, value: found.value }
        : { ok: false, code: 'CONFLICT', reason: found.failure.sentence }
    })
  }

  /** Sweeps what is due. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      for (const line of this.#ports.lines.values()) {
        if (this.#isDue(line) && this.#obstacle(line) === null) await this.#sweep(line)
      }
    }).catch(this.#ports.onBug)
  }

  #isDue({ connection: { id, settings } }: Line): boolean {
    if (settings.sweepMinutes === 0) return false
    // What is watched from now on is remembered at once, so that nothing is missed until the first sweep.
    if (this.#entities(id).some((entity) => readCursor(this.#ports.store, id, entity) === null)) return true
    const now = this.#ports.clock.now()
    const last = this.#sweptAt.get(id)
    // Whichever way the clock was set.
    if (last === undefined) return Math.abs(now - this.#startedAt) >= afterStartMs
    return Math.abs(now - last) >= settings.sweepMinutes * 60_000
  }

  /** Why this connection can't be swept at this moment, as a sentence; null when it can. */
  #obstacle({ connection, gate, budget }: Line): string | null {
    const { clock, pauses, mayWrite } = this.#ports
    const now = clock.now()
    if (!mayWrite()) return 'The disk is full; nothing new can be stored now.'
    if (this.#sourceOf(connection.id) === null) return `No source that works brings events of ${connection.name}.`
    const pause = pauses.holding({ connectionIds: [connection.id] })
    if (pause !== null) return `${connection.name} is paused.`
    if (gate.slots(now, 'read') === 0) return gate.holding(now, 'read')?.reason ?? `${connection.name} is held.`
    if (budget.admission(now).upTo < priority.backfill)
      return `The rest of the API calls to ${connection.name} is kept for live events.`
    return null
  }

  async #sweep({ connection: { id, kind }, connector }: Line): Promise<Result<number>> {
    const { store, journal, clock, logger } = this.#ports
    const sourceId = this.#sourceOf(id)
    if (sourceId === null) return ok(0)
    this.#sweptAt.set(id, clock.now())
    let found = 0
    for (const entity of this.#entities(id)) {
      const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(sweepMs)])
      const context = { purpose: 'look-up' as const, signal, record: () => {} }
      const changedSince = (what: string, since: string) => connector.changedSince(what, since, context)
      const ports = { store, journal, clock, system: kind, connectionId: id, sourceId, changedSince }
      const swept = await sweep(entity, ports)
      if (!swept.ok) {
        logger.warn({ connection: id, entity, failure: swept.failure }, 'a sweep for missed changes failed')
        return swept
      }
      if (swept.value > 0) logger.info({ connection: id, entity, found: swept.value }, 'a sweep found missed changes')
      found += swept.value
    }
    return ok(found)
  }

  /** The kinds of records that routes at work carry from this connection. */
  #entities(id: ConnectionId): readonly string[] {
    const routes = this.#ports.configuration.routes.filter((one) => one.enabled && one.sourceConnectionId === id)
    return [...new Set(routes.map((one) => one.match.entity))]
  }

  /** The source that events of this connection are counted to: the first that is at work. */
  #sourceOf(id: ConnectionId): SourceId | null {
    const { configuration, pauses } = this.#ports
    for (const { value } of configuration.sources.values()) {
      if (value.settings.connectionId === id && value.enabled && pauses.ofSource(value.id) === null) return value.id
    }
    return null
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}

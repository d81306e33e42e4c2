import type { Clock } from '#main/base/clock.ts'
import type { Check } from '#main/connectors/connector.ts'
import type { Commanded } from '#main/relay.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { Source } from '#shared/domain/source.ts'
import { checkSource } from './check-source.ts'
import type { Parts } from '../parts.ts'
import { Removing } from './removing.ts'

/** What works with connections and sources. */
export type ConnectingParts = Pick<
  Parts,
  'store' | 'configuration' | 'commands' | 'lines' | 'inlets' | 'callbacks' | 'pauses'
>

/** How long a test of a connection may take (ms). */
const testMs = 30_000
/** How long calls under way may take to end before a connection that is removed cuts them (ms). */
const graceMs = 5_000

/** Saves and tests connections and sources, and has what works with them take up the change. */
export class Connecting {
  readonly #parts: ConnectingParts
  readonly #removing: Removing
  #turn: Promise<unknown> = Promise.resolve()

  constructor(parts: ConnectingParts, clock: Clock) {
    this.#parts = parts
    const { store, commands, configuration, lines, pauses } = parts
    this.#removing = new Removing({
      store,
      clock,
      configuration,
      stopSending: (id) => lines.shut(id, graceMs),
      sendAgain: (id) => lines.reopen(id),
      cancel: (ids, reason, who) => commands.cancelDeliveries(ids, reason, who),
      unpause: (target, who) => pauses.clear(target, who),
    })
  }

  saveConnection(connection: Connection, secrets: Record<string, string>, who: string): Promise<Commanded<Connection>> {
    const { callbacks, commands, configuration, inlets, lines } = this.#parts
    return this.#inTurn(async () => {
      const saved = await commands.saveConnection(connection, secrets, who)
      lines.reopen(connection.id)
      await inlets.reload()
      for (const { value } of configuration.sources.values()) {
        if (value.settings.connectionId === connection.id) callbacks.look(value.id)
      }
      return saved
    })
  }

  removeConnection(id: ConnectionId, withOpen: boolean, who: string): Promise<Commanded<number>> {
    return this.#inTurn(() => this.#removing.connection(id, withOpen, who))
  }

  async testConnection(id: ConnectionId): Promise<Commanded<readonly Check[]>> {
    const line = this.#parts.lines.get(id)
    if (line === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no connection ${id}.` }
    const checks = await line.connector.check({
      purpose: 'look-up',
      signal: AbortSignal.timeout(testMs),
      record: () => {},
    })
    if (checks.every((check) => check.ok)) {
      line.gate.release()
      line.worker.kick()
    }
    return { ok: true, value: checks }
  }

  saveSource(source: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>> {
    const { callbacks, commands, inlets } = this.#parts
    return this.#inTurn(async () => {
      const saved = await commands.saveSource(source, secrets, who)
      await inlets.reload()
      callbacks.look(source.id)
      return saved
    })
  }

  removeSource(id: SourceId, who: string): Promise<Commanded<SourceId>> {
    const { callbacks, inlets } = this.#parts
    return this.#inTurn(async () => {
      const removed = await this.#removing.source(id, who)
      await inlets.reload()
      callbacks.look(id)
      return removed
    })
  }

  async testSource(id: SourceId): Promise<Commanded<readonly Check[]>> {
    const { callbacks, configuration } = this.#parts
    const source = configuration.sources.get(id)
    if (source === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no source ${id}.` }
    const connection = configuration.connections.get(source.value.settings.connectionId)?.value
    return { ok: true, value: await checkSource(source, connection, callbacks) }
  }

  /** One after the other, so that none takes up what another is about to replace. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }
}

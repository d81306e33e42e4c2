import type { Clock } from '#main/base/clock.ts'
import type { Commanded, Relay } from '#main/relay.ts'
import {
  audit,
  deleteConnection,
  deleteSource,
  loadConnections,
  loadRoutes,
  loadSources,
} from '#main/store/configuration.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ConnectionId, DeliveryId, SourceId } from '#shared/domain/ids.ts'
import type { PauseTarget } from '#shared/domain/pause.ts'
import type { Configuration } from './configuration.ts'

export interface RemovingPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  /** Sends nothing more over a connection; resolves when what had left is recorded. */
  readonly stopSending: (id: ConnectionId) => Promise<void>
  readonly sendAgain: (id: ConnectionId) => void
  readonly cancel: Relay['cancelDeliveries']
  /** Ends the pause of something that is not there any more. */
  readonly unpause: (target: PauseTarget, who: string) => Promise<unknown>
}

type Refusal = Commanded<never> & { readonly ok: false }

/** Takes connections and sources away. What they brought and delivered stays; their secrets do not. */
export class Removing {
  readonly #ports: RemovingPorts

  constructor(ports: RemovingPorts) {
    this.#ports = ports
  }

  /**
   * Removes a connection. Sending over it stops first and its deliveries are cancelled while it is still there, so that a crash in
   * between leaves no delivery that nobody would ever come back to.
   */
  async connection(id: ConnectionId, withOpen: boolean, who: string): Promise<Commanded<number>> {
    const { store, stopSending, sendAgain, cancel, unpause } = this.#ports
    const asked = store.read((tx) => this.#refusal(tx, id) ?? openDeliveries(tx, id))
    if ('ok' in asked) return asked
    if (asked.length > 0 && !withOpen) return stillOpen(this.#nameOf(id), asked.length)
    const name = this.#nameOf(id)
    await stopSending(id)
    const open = store.read((tx) => openDeliveries(tx, id))
    if (open.length > 0) await cancel(open, `The connection "${name}" was removed.`, who)
    const refused = await this.#change((tx, at): Refusal | null => {
      const refusal = this.#refusal(tx, id)
      if (refusal !== null) return refusal
      if (openDeliveries(tx, id).length > 0) return underWay(name)
      deleteConnection(tx, id)
      const detail = `${open.length} deliveries had not ended`
      audit(tx, { at, who, action: 'remove', subject: `connection ${id}`, detail })
      return null
    })
    if (refused !== null) {
      sendAgain(id)
      return refused
    }
    await unpause({ scope: 'connection', id }, who)
    return { ok: true, value: open.length }
  }

  async source(id: SourceId, who: string): Promise<Commanded<SourceId>> {
    const known = await this.#change((tx, at) => {
      if (!loadSources(tx).some((one) => one.id === id)) return false
      deleteSource(tx, id)
      audit(tx, { at, who, action: 'remove', subject: `source ${id}` })
      return true
    })
    if (!known) return { ok: false, code: 'NOT_FOUND', reason: `There is no source ${id}.` }
    await this.#ports.unpause({ scope: 'source', id }, who)
    return { ok: true, value: id }
  }

  /** Why a connection can't be removed, as the rows say. */
  #refusal(tx: Transaction, id: ConnectionId): Refusal | null {
    if (!loadConnections(tx).some((one) => one.id === id)) {
      return { ok: false, code: 'NOT_FOUND', reason: `There is no connection ${id}.` }
    }
    const routes = loadRoutes(tx).filter((one) => one.connectionId === id || one.sourceConnectionId === id)
    const sources = loadSources(tx).filter(({ settings }) => settings.connectionId === id)
    if (routes.length + sources.length === 0) return null
    const users = [...named('route', routes), ...named('source', sources)].join(' and ')
    const reason = `The connection "${this.#nameOf(id)}" is used by ${users}. Remove them first, or have them use another one.`
    return { ok: false, code: 'CONFLICT', reason }
  }

  #nameOf(id: ConnectionId): string {
    return this.#ports.configuration.connections.get(id)?.value.name ?? id
  }

  async #change<T>(work: (tx: Transaction, now: number) => T): Promise<T> {
    const { store, clock, configuration } = this.#ports
    const result = await store.writeUrgent((tx) => work(tx, clock.now()))
    configuration.reload()
    return result
  }
}

/** Names told at most; of more, their number. */
const told = 3

function named(what: string, all: readonly { readonly name: string }[]): string[] {
  if (all.length === 0) return []
  const names = all.slice(0, told).map(({ name }) => `"${name}"`)
  const rest = all.length > told ? ` and ${all.length - told} more` : ''
  return [`the ${what}${all.length === 1 ? '' : 's'} ${names.join(', ')}${rest}`]
}

function stillOpen(name: string, count: number): Refusal {
  const what = count === 1 ? '1 delivery' : `${count} deliveries`
  const reason = `The connection "${name}" has ${what} that did not end yet. Removed now, what is left is cancelled and never sent.`
  return { ok: false, code: 'CONFLICT', reason }
}

function underWay(name: string): Refusal {
  const reason = `The connection "${name}" is sending right now, and it is not known yet what became of it. Try again in a minute.`
  return { ok: false, code: 'CONFLICT', reason }
}

/** Of routes that are not there any more, or have another connection now. */
function openDeliveries(tx: Transaction, id: ConnectionId): DeliveryId[] {
  return tx
    .all<{ id: DeliveryId }>(
      `select id from deliveries where state in ('pending', 'leased', 'waiting', 'parked') and connection_id = ? order by id`,
      id,
    )
    .map((row) => row.id)
}

import type { Clock } from '#main/base/clock.ts'
import { spreadAnew } from '#main/mapping/route/pace.ts'
import { cancelDelivery } from '#main/outcomes/replay.ts'
import { releaseParked, resolveConflict } from '#main/outcomes/resolve.ts'
import type { Commanded } from '#main/relay.ts'
import { audit, loadMapping, saveConnection, saveMapping, saveRoute, saveSource } from '#main/store/configuration.ts'
import { saveSecrets } from '#main/store/secrets.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'
import { unfitMapping, unfitMatch } from '#shared/logic/unfit-expression.ts'
import { changedFields } from '#shared/logic/changed-fields.ts'
import type { Configuration } from './configure/configuration.ts'

/** A change of the configuration, for the audit log; of secrets it gets the names. */
interface Saving {
  readonly who: string
  readonly subject: string
  /** null: it is new. */
  readonly before: object | null
  readonly after: object
  readonly secrets?: Readonly<Record<string, string>>
}

/** What people can order. Each command checks, changes and is written to the audit log in one transaction. */
export class Commands {
  readonly #store: Store
  readonly #key: Uint8Array
  readonly #clock: Clock
  readonly #configuration: Configuration

  constructor(store: Store, key: Uint8Array, clock: Clock, configuration: Configuration) {
    this.#store = store
    this.#key = key
    this.#clock = clock
    this.#configuration = configuration
  }

  async resolveConflict(id: DeliveryId, choices: Choices, who: string): Promise<Commanded<null>> {
    const unfit = await this.#store.write((tx) => {
      const at = this.#clock.now()
      const answer = resolveConflict(tx, id, choices, { who, at })
      const detail = JSON.stringify(choices)
      if (answer === null) audit(tx, { at, who, action: 'resolve', subject: `delivery ${id}`, detail })
      return answer
    })
    return unfit === null ? { ok: true, value: null } : { ok: false, ...unfit }
  }

  async releaseDelivery(id: DeliveryId, who: string): Promise<Commanded<number>> {
    const answer = await this.#store.write((tx) => {
      const at = this.#clock.now()
      const released = releaseParked(tx, id, { who, at })
      if (typeof released === 'number') {
        audit(tx, { at, who, action: 'release', subject: `delivery ${id}`, detail: `${released} deliveries` })
      }
      return released
    })
    return typeof answer === 'number' ? { ok: true, value: answer } : { ok: false, ...answer }
  }

  async cancelDelivery(id: DeliveryId, reason: string, who: string): Promise<Commanded<null>> {
    const refused = await this.#store.write((tx) => {
      const now = this.#clock.now()
      const answer = cancelDelivery(tx, id, reason, now)
      if (answer === null) audit(tx, { at: now, who, action: 'cancel', subject: `delivery ${id}`, detail: reason })
      return answer
    })
    if (refused === 'not-found') return { ok: false, code: 'NOT_FOUND', reason: `There is no delivery ${id}.` }
    if (refused !== null) {
      return {
        ok: false,
        code: 'CONFLICT',
        reason: 'It is being sent right now or has ended; there is nothing to cancel.',
      }
    }
    return { ok: true, value: null }
  }

  async cancelDeliveries(
    ids: readonly DeliveryId[],
    reason: string,
    who: string,
  ): Promise<Commanded<{ cancelled: number; kept: number }>> {
    const value = await cancelInSteps(this.#store, ids, (tx, id) => cancelDelivery(tx, id, reason, this.#clock.now()))
    const detail = `${value.cancelled} deliveries. ${reason}`
    await this.#store.write((tx) =>
      audit(tx, { at: this.#clock.now(), who, action: 'cancel', subject: 'a selection', detail }),
    )
    return { ok: true, value }
  }

  async saveConnection(
    value: Connection,
    secrets: Record<string, string>,
    who: string,
  ): Promise<Commanded<Connection>> {
    const before = this.#configuration.connections.get(value.id)?.value ?? null
    const deed = { who, subject: `connection ${value.id}`, before, after: value, secrets }
    await this.#save(deed, (tx, now) => {
      saveConnection(tx, value)
      saveSecrets(tx, this.#key, `connection:${value.id}`, secrets, now)
    })
    return { ok: true, value }
  }

  async saveSource(value: Source, secrets: Record<string, string>, who: string): Promise<Commanded<Source>> {
    if (!this.#configuration.connections.has(value.settings.connectionId)) {
      return { ok: false, code: 'INVALID', reason: `There is no connection ${value.settings.connectionId}.` }
    }
    const before = this.#configuration.sources.get(value.id)?.value ?? null
    const deed = { who, subject: `source ${value.id}`, before, after: value, secrets }
    await this.#save(deed, (tx, now) => {
      saveSource(tx, value)
      saveSecrets(tx, this.#key, `source:${value.id}`, secrets, now)
    })
    return { ok: true, value }
  }

  async saveRoute(value: Route, who: string): Promise<Commanded<Route>> {
    const missing = [value.connectionId, value.sourceConnectionId].find(
      (id) => !this.#configuration.connections.has(id),
    )
    if (missing !== undefined) return { ok: false, code: 'INVALID', reason: `There is no connection ${missing}.` }
    if (!this.#configuration.hasMapping(value.mappingId)) {
      return {
        ok: false,
        code: 'INVALID',
        reason: `There is no mapping ${value.mappingId}; store it before the route.`,
      }
    }
    const unfit = unfitMatch(value)
    if (unfit !== null) return { ok: false, code: 'INVALID', reason: unfit }
    const before = this.#configuration.routes.find(({ id }) => id === value.id)
    const deed = { who, subject: `route ${value.id}`, before: before ?? null, after: value }
    await this.#save(deed, (tx, now) => {
      saveRoute(tx, value)
      spreadAnew(tx, before, value, now)
    })
    return { ok: true, value }
  }

  async saveMapping(document: MappingDocument, note: string, who: string): Promise<Commanded<MappingVersion>> {
    const unfit = unfitMapping(document)
    if (unfit !== null) return { ok: false, code: 'INVALID', reason: unfit }
    const before = this.#store.read((tx) => loadMapping(tx, document.id))?.document ?? null
    const deed = { who, subject: `mapping ${document.id}`, before, after: document }
    const saved = await this.#save(deed, (tx, at) => saveMapping(tx, document, { author: who, note, at }))
    return { ok: true, value: saved }
  }

  async #save<T>(saving: Saving, work: (tx: Transaction, now: number) => T): Promise<T> {
    const { who, subject, before, after, secrets = {} } = saving
    const result = await this.#store.write((tx) => {
      const now = this.#clock.now()
      audit(tx, {
        at: now,
        who,
        action: 'save',
        subject,
        detail: secretsSentence(secrets),
        changes: changedFields(before, after),
      })
      return work(tx, now)
    })
    this.#configuration.reload()
    return result
  }
}

/** Deliveries given up in one transaction, so that nobody waits behind a hundred thousand of them. */
const cancelledAtOnce = 500

/** Gives up one after the other; `cancel` answers null when it did. */
async function cancelInSteps(
  store: Store,
  ids: readonly DeliveryId[],
  cancel: (tx: Transaction, id: DeliveryId) => string | null,
): Promise<{ cancelled: number; kept: number }> {
  let cancelled = 0
  for (let from = 0; from < ids.length; from += cancelledAtOnce) {
    const some = ids.slice(from, from + cancelledAtOnce)
    cancelled += await store.write((tx) => some.filter((id) => cancel(tx, id) === null).length)
  }
  return { cancelled, kept: ids.length - cancelled }
}

/** Which secrets were set and which removed; never what they are. */
export function secretsSentence(secrets: Readonly<Record<string, string>>): string {
  const names = Object.keys(secrets)
  const set = names.filter((name) => secrets[name] !== '')
  const removed = names.filter((name) => secrets[name] === '')
  const told = (what: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`Secrets ${what}: ${list.join(', ')}.`]
  return [...told('set', set), ...told('removed', removed)].join(' ')
}

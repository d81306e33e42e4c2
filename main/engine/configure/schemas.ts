import * as z from 'zod'
import type { Clock } from '#main/base/clock.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import type { Commanded } from '#main/relay.ts'
import { loadSchema, saveSchema } from '#main/store/schemas.ts'
import type { Store } from '#main/store/store.ts'
import type { Failure, Result } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { entityDescription, entityLabel, type EntityList, type EntitySchema } from '#shared/domain/schema.ts'
import type { Line } from '../deliver/line.ts'

export interface SchemasPorts {
  readonly store: Store
  readonly clock: Clock
  readonly lines: ReadonlyMap<ConnectionId, Line>
}

/** How old a description may be before the system is asked again (ms), and how long that may take. */
const freshMs = 3_600_000
const timeoutMs = 60_000

const labels = z.array(entityLabel)

/** A description with its age, and why it is not newer. */
interface Known<T> {
  readonly value: T
  readonly describedAt: number
  readonly outdated: string | null
}

/** What the systems say of their entities. The last word of each is kept in the database, so that a system that is down is still described. */
export class Schemas {
  readonly #ports: SchemasPorts
  /** Questions under way, so that all who want the same share one. */
  readonly #asking = new Map<string, Promise<Result<unknown>>>()

  constructor(ports: SchemasPorts) {
    this.#ports = ports
  }

  async entities(id: ConnectionId, refresh: boolean): Promise<Commanded<EntityList>> {
    const known = await this.#know(id, '', refresh, labels, (connector, context) => connector.listEntities(context))
    if (!known.ok) return known
    const { value: entities, ...age } = known.value
    return { ok: true, value: { entities, ...age } }
  }

  async describe(id: ConnectionId, entity: string, refresh: boolean): Promise<Commanded<EntitySchema>> {
    const known = await this.#know(id, entity, refresh, entityDescription, (connector, context) =>
      connector.describe(entity, context),
    )
    if (!known.ok) return known
    const { value, ...age } = known.value
    const system = this.#ports.lines.get(id)?.connector.system ?? 'salesforce'
    return { ok: true, value: { connectionId: id, system, entity, ...value, ...age } }
  }

  async #know<T>(
    id: ConnectionId,
    entity: string,
    refresh: boolean,
    shape: z.ZodType<T>,
    ask: (connector: Connector, context: CallContext) => Promise<Result<unknown>>,
  ): Promise<Commanded<Known<T>>> {
    const { clock, lines } = this.#ports
    const line = lines.get(id)
    if (line === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no connection ${id}.` }
    const kept = this.#kept(id, entity, shape)
    const age = kept === null ? Infinity : clock.now() - kept.describedAt
    if (kept !== null && !refresh && age >= 0 && age < freshMs) return { ok: true, value: kept }
    const held = heldReason(line, clock.now())
    const asked = held === null ? await this.#askOnce(line, entity, ask) : null
    const read = asked?.ok === true ? shape.safeParse(asked.value) : null
    if (read?.success === true) {
      return { ok: true, value: { value: read.data, describedAt: clock.now(), outdated: null } }
    }
    const reason = held ?? (asked?.ok === false ? sentenceOf(asked.failure) : 'The answer can not be read.')
    if (kept !== null) return { ok: true, value: { ...kept, outdated: reason } }
    const isUnknown = asked?.ok === false && asked.failure.class === 'permanent'
    return { ok: false, code: isUnknown ? 'NOT_FOUND' : 'CONFLICT', reason }
  }

  /** Asks the system, and keeps the answer under the name of the entity. */
  #askOnce(
    { connection, connector }: Line,
    entity: string,
    ask: (connector: Connector, context: CallContext) => Promise<Result<unknown>>,
  ): Promise<Result<unknown>> {
    const key = `${connection.id}:${entity}`
    const running = this.#asking.get(key)
    if (running !== undefined) return running
    const context: CallContext = { purpose: 'look-up', signal: AbortSignal.timeout(timeoutMs), record: () => {} }
    const asked = ask(connector, context)
      .then(async (result) => {
        if (result.ok) await this.#keep(connection.id, entity, result.value)
        return result
      })
      .finally(() => this.#asking.delete(key))
    this.#asking.set(key, asked)
    return asked
  }

  async #keep(id: ConnectionId, entity: string, description: unknown): Promise<void> {
    const { store, clock } = this.#ports
    try {
      await store.writeLight((tx) => saveSchema(tx, id, entity, { describedAt: clock.now(), description }))
    } catch {
      // A full disk keeps nothing; the answer is as good without.
    }
  }

  /** What was kept; null also when an older Patchbay kept it in another shape. */
  #kept<T>(id: ConnectionId, entity: string, shape: z.ZodType<T>): Known<T> | null {
    const kept = this.#ports.store.read((tx) => loadSchema(tx, id, entity))
    const read = shape.safeParse(kept?.description)
    return kept === null || !read.success ? null : { value: read.data, describedAt: kept.describedAt, outdated: null }
  }
}

/** Why a connection can't be asked now: it is no reason to disturb a system that is down or asked for a pause. */
export function heldReason({ connection, gate }: Line, now: number): string | null {
  const hold = gate.holding(now, 'read')
  if (hold === null || gate.slots(now, 'read') > 0) return null
  return `${connection.name} can't be asked now. ${hold.reason}`
}

function sentenceOf({ sentence, fix }: Failure): string {
  return fix === undefined ? sentence : `${sentence} ${fix}`
}

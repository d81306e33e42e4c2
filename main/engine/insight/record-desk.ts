import type { Commanded } from '#main/relay.ts'
import { audit } from '#main/store/configuration.ts'
import { findLink } from '#main/store/links.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Clock } from '#main/base/clock.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import { ok, type Result } from '#shared/domain/failure.ts'
import type { ConnectionId, EventId, SourceId } from '#shared/domain/ids.ts'
import type { ComparedField, RecordComparison, SyncFrom } from '#shared/domain/known-record.ts'
import type { Link } from '#shared/domain/link.ts'
import {
  otherSystem,
  recordKey,
  systemTitle,
  type RecordRef,
  type RemoteRecord,
  type SystemName,
} from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { compareRecords } from '#shared/logic/compare-records.ts'
import type { ResolveReference } from '#shared/logic/apply-mapping.ts'
import type { Configuration } from '../configure/configuration.ts'
import type { Line } from '../deliver/line.ts'
import { touch } from '../intake/touch.ts'

export interface RecordDeskPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  readonly lines: ReadonlyMap<ConnectionId, Line>
  /** Whether the disk takes what an order would have to write down. */
  readonly mayWrite: () => boolean
}

/** A comparison ends after so long (ms). */
const timeoutMs = 30_000

/** Events ordered by a person come from no source, so that they don't make a silent one look alive. */
const manualSource = 'manual' as SourceId

/** Both records as they are now, and the API calls it took to read them. */
type ReadPair = Readonly<Record<SystemName, RemoteRecord | null>> & Pick<RecordComparison, 'calls'>

type Refused = Commanded<never> & { readonly ok: false }

/** What people do with one record: look at both sides as they are now, and have them synced. */
export class RecordDesk {
  readonly #ports: RecordDeskPorts

  constructor(ports: RecordDeskPorts) {
    this.#ports = ports
  }

  /** Reads both records and compares them by the mapping of their route. Writes nothing. */
  async compare(ref: RecordRef): Promise<Commanded<RecordComparison>> {
    const { clock, configuration } = this.#ports
    const route = this.#routeOf(ref)
    if (route === undefined) return noRoute(ref)
    const held = this.#heldSentence(route)
    if (held !== null) return { ok: false, code: 'CONFLICT', reason: held }
    const mapping = configuration.mapping(route.mappingId, null)
    const link = this.#ports.store.read((tx) => findLink(tx, ref))
    const read = await this.#readPair(refsOf(ref, link), route)
    if (!read.ok) return { ok: false, code: 'CONFLICT', reason: read.failure.sentence }
    const { salesforce, connectwise, calls } = read.value
    if (salesforce === null && connectwise === null)
      return {
        ok: false,
        code: 'NOT_FOUND',
        reason: `There is no ${ref.entity} ${ref.id} in ${systemTitle[ref.system]}.`,
      }
    const sides = { salesforce: sideOf(salesforce), connectwise: sideOf(connectwise) }
    const fields = await compareRecords(mapping.document, sides, this.#resolveReference)
    const refs = { salesforce: salesforce?.ref ?? null, connectwise: connectwise?.ref ?? null }
    const { mappingId, version: mappingVersion } = mapping
    const comparedAt = clock.now()
    return {
      ok: true,
      value: { comparedAt, mappingId, mappingVersion, ...refs, sentence: sentenceOf(refs, fields), calls, fields },
    }
  }

  /** Has one side's current values, or both sides', carried over by the usual path; answers the events that do it. */
  async sync(ref: RecordRef, from: SyncFrom, who: string): Promise<Commanded<readonly EventId[]>> {
    const { store, clock, mayWrite } = this.#ports
    if (!mayWrite()) return { ok: false, code: 'CONFLICT', reason: 'The disk is full; nothing new can be stored now.' }
    const link = store.read((tx) => findLink(tx, ref))
    const refs = refsOf(ref, link)
    const wanted = from === 'both' ? [refs.salesforce, refs.connectwise] : [refs[from]]
    const known = wanted.filter((one) => one !== null)
    if (known.length === 0)
      return { ok: false, code: 'CONFLICT', reason: 'The record has no counterpart that could be synced from.' }
    const unwanted = known.filter((one) => !this.#isWanted(one))
    const [first] = unwanted
    if (first !== undefined && unwanted.length === known.length) return noRoute(first)
    const ordered = known.filter((one) => !unwanted.includes(one))
    const ids = await store.write((tx) => {
      const at = clock.now()
      return ordered.map((one) => {
        audit(tx, {
          at,
          who,
          action: 'sync',
          subject: `${one.entity} ${one.id}`,
          detail: `from ${systemTitle[one.system]}`,
        })
        return order(tx, one, who, at)
      })
    })
    return { ok: true, value: ids }
  }

  /** A route in either direction that carries records of this entity; one that is switched on before one that is not. */
  #routeOf({ system, entity }: RecordRef): Route | undefined {
    const { routes } = this.#ports.configuration
    const fitting = routes.filter(
      (route) => this.#ports.configuration.mapping(route.mappingId, null).document[system].entity === entity,
    )
    return fitting.find(({ enabled }) => enabled) ?? fitting[0]
  }

  #isWanted({ system, entity }: RecordRef): boolean {
    return this.#ports.configuration.routes.some(
      ({ enabled, from, match }) =>
        enabled && from === system && match.entity === entity && match.actions.includes('touched'),
    )
  }

  #lineOf(system: SystemName, route: Route): Line | undefined {
    return this.#ports.lines.get(route.from === system ? route.sourceConnectionId : route.connectionId)
  }

  /** A connection that is held is not asked: looking is no reason to disturb a system that is down or asked for a pause. */
  #heldSentence(route: Route): string | null {
    const now = this.#ports.clock.now()
    for (const system of ['salesforce', 'connectwise'] as const) {
      const line = this.#lineOf(system, route)
      if (line === undefined) return `The connection to ${systemTitle[system]} is not there.`
      const { gate, connection } = line
      const hold = gate.holding(now, 'read')
      if (hold !== null && gate.slots(now, 'read') === 0) return `${connection.name} can't be asked now. ${hold.reason}`
    }
    return null
  }

  async #readPair(refs: Readonly<Record<SystemName, RecordRef | null>>, route: Route): Promise<Result<ReadPair>> {
    const calls = { salesforce: 0, connectwise: 0 }
    const signal = AbortSignal.timeout(timeoutMs)
    const read = (ref: RecordRef | null): Promise<Result<RemoteRecord | null>> => {
      const line = ref === null ? undefined : this.#lineOf(ref.system, route)
      if (ref === null || line === undefined) return Promise.resolve(ok(null))
      // A sign-in is none of the calls that a system counts.
      const record = ({ purpose }: Exchange): void => void (calls[ref.system] += purpose === 'sign-in' ? 0 : 1)
      return line.connector.fetch(ref.entity, ref.id, { purpose: 'look-up', signal, record })
    }
    const [salesforce, connectwise] = await Promise.all([read(refs.salesforce), read(refs.connectwise)])
    if (!salesforce.ok) return salesforce
    if (!connectwise.ok) return connectwise
    return ok({ salesforce: salesforce.value, connectwise: connectwise.value, calls })
  }

  readonly #resolveReference: ResolveReference = (ref) => {
    const link = this.#ports.store.read((tx) => findLink(tx, ref))
    return Promise.resolve(ok(link === null || link.endedAt !== null ? null : link[otherSystem(ref.system)].id))
  }
}

function noRoute({ system, entity }: RecordRef): Refused {
  return {
    ok: false,
    code: 'CONFLICT',
    reason: `No route that is switched on takes ${entity} records of ${systemTitle[system]}.`,
  }
}

function refsOf(ref: RecordRef, link: Link | null): Record<SystemName, RecordRef | null> {
  const own: Record<SystemName, RecordRef | null> = { salesforce: null, connectwise: null }
  own[ref.system] = ref
  const other = otherSystem(ref.system)
  if (link !== null) own[other] = { system: other, entity: link[other].entity, id: link[other].id }
  return own
}

function sideOf(record: RemoteRecord | null) {
  return record === null ? null : { id: record.ref.id, values: record.values }
}

function sentenceOf(refs: Record<SystemName, RecordRef | null>, fields: readonly ComparedField[]): string {
  const missing = (['salesforce', 'connectwise'] as const).find((system) => refs[system] === null)
  if (missing !== undefined) return `There is no such record in ${systemTitle[missing]}.`
  const different = fields.filter(({ verdict }) => verdict !== 'equal' && verdict !== 'not-compared')
  if (different.length === 0) return 'Both records say the same.'
  return different.length === 1 ? 'One field differs.' : `${different.length} fields differ.`
}

/** An event as if somebody had touched the record. */
function order(tx: Transaction, ref: RecordRef, who: string, now: number): EventId {
  const verifiedBy = who === 'console' ? 'A person at the console ordered it' : 'A script ordered it'
  const dedupeKey = `manual:${recordKey(ref)}:${now}`
  return touch(
    tx,
    ref,
    { sourceId: manualSource, via: 'manual', verifiedBy, because: { orderedBy: who }, dedupeKey },
    now,
  )
}

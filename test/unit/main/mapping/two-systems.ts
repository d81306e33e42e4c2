import { ok } from '#shared/domain/failure.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { LinkId } from '#shared/domain/ids.ts'
import type { Link } from '#shared/domain/link.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { RecordRef, RemoteRecord, SystemName, Values } from '#shared/domain/record.ts'
import { otherSystem, recordKey } from '#shared/domain/record.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { Route } from '#shared/domain/route.ts'
import { laneOfPair } from '#main/queue/lanes.ts'
import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import { prepare } from '#main/mapping/transform/prepare.ts'
import type { Preparation, Prepared, PrepareInput, PreparePorts } from '#main/mapping/transform/prepared.ts'

const routes = readyMadeRoutes({ salesforce: 'sf' as ConnectionId, connectwise: 'cw' as ConnectionId })

export function mappingOf(id: string): MappingDocument {
  const document = readyMadeMappings().find((mapping) => mapping.id === id)
  if (document === undefined) throw new Error(`no mapping ${id}`)
  return document
}

export function routeOf(mapping: MappingDocument, from: SystemName): Route {
  const route = routes.find((candidate) => candidate.mappingId === mapping.id && candidate.from === from)
  if (route === undefined) throw new Error(`no route for ${mapping.id}`)
  return route
}

/** Two small systems in memory with a link table, which carry out what prepare says. */
export class TwoSystems {
  readonly records = new Map<string, RemoteRecord>()
  readonly links: Link[] = []
  /** What prepare asked, such as `compare connectwise:company:1`. */
  readonly asked: string[] = []
  /** Records that were merged: the loser's key and the winner's id. */
  readonly merged = new Map<string, string>()
  /** Keys that other deliveries hold. */
  readonly heldByOthers = new Set<string>()
  #ticks = 0

  put(ref: RecordRef, values: Values, crossReference: string | null = null): RemoteRecord {
    this.#ticks += 1
    const version = new Date(Date.UTC(2026, 4, 1) + this.#ticks * 1_000).toISOString()
    const record: RemoteRecord = { ref, version, changedBy: 'someone', values, crossReference }
    this.records.set(recordKey(ref), record)
    return record
  }

  edit(ref: RecordRef, changes: Values): RemoteRecord {
    const record = this.at(ref)
    return this.put(ref, { ...record.values, ...changes }, record.crossReference)
  }

  /** Takes a record away, so that its system does not show it any more. */
  remove(ref: RecordRef): void {
    this.records.delete(recordKey(ref))
  }

  at(ref: RecordRef): RemoteRecord {
    const record = this.records.get(recordKey(ref))
    if (record === undefined) throw new Error(`no ${recordKey(ref)}`)
    return record
  }

  link(salesforce: RecordRef, connectwise: RecordRef, endedAt: number | null = null): Link {
    const side = (ref: RecordRef) => ({ entity: ref.entity, id: ref.id, version: null, synced: {} })
    const id = (this.links.length + 1) as LinkId
    const link = {
      id,
      salesforce: side(salesforce),
      connectwise: side(connectwise),
      createdAt: 0,
      updatedAt: 0,
      endedAt,
    }
    this.links.push(link)
    return link
  }

  findLink(ref: RecordRef): Link | null {
    return this.links.find((link) => link[ref.system].entity === ref.entity && link[ref.system].id === ref.id) ?? null
  }

  ports(source: SystemName): PreparePorts {
    const there = otherSystem(source)
    const find = (entity: string, test: (record: RemoteRecord) => boolean) => {
      const all = [...this.records.values()].filter(({ ref }) => ref.system === there && ref.entity === entity)
      return Promise.resolve(ok(all.filter(test)))
    }
    return {
      fetch: (ref, purpose) => {
        this.asked.push(`${purpose} ${recordKey(ref)}`)
        return Promise.resolve(ok(this.records.get(recordKey(ref)) ?? null))
      },
      findByCrossReference: (entity, foreignId) => {
        this.asked.push(`cross-reference ${foreignId}`)
        return find(entity, (record) => record.crossReference === foreignId)
      },
      findByField: (entity, field, value) => {
        this.asked.push(`field ${field}=${value}`)
        return find(entity, (record) => String(record.values[field]).toLowerCase() === value.toLowerCase())
      },
      findLink: (ref) => this.findLink(ref),
      findWinner: (ref) => Promise.resolve(ok(this.merged.get(recordKey(ref)) ?? null)),
      holdKeys: (keys) => Promise.resolve(keys.find((key) => this.heldByOthers.has(key)) ?? null),
      clock: { monotonic: () => this.asked.length },
    }
  }

  /** Prepares an event of a record: thin and live unless told otherwise. */
  async prepare(
    mapping: MappingDocument,
    ref: RecordRef,
    more: {
      event?: Partial<PrepareInput['event']>
      mode?: PrepareInput['mode']
      route?: Partial<Route>
      lane?: string
      choices?: Choices
      sentBefore?: PrepareInput['sentBefore']
    } = {},
  ): Promise<Preparation> {
    const link = this.findLink(ref)
    const event = {
      system: ref.system,
      entity: ref.entity,
      recordId: ref.id,
      action: 'updated' as const,
      title: null,
      version: null,
      occurredAt: null,
      actor: null,
      ownMark: false,
      fields: null,
      full: false,
      ...more.event,
    }
    const route = { ...routeOf(mapping, ref.system), ...more.route }
    const lane = more.lane ?? laneOfPair(ref, link)
    const choices = more.choices === undefined ? {} : { choices: more.choices }
    const { mode = 'live', sentBefore = [] } = more
    return prepare({ event, route, mapping, lane, mode, sentBefore, ...choices }, this.ports(ref.system))
  }

  /** Prepares and carries out; answers with what was done. */
  async carry(
    mapping: MappingDocument,
    ref: RecordRef,
    more: Parameters<TwoSystems['prepare']>[2] = {},
  ): Promise<Prepared> {
    let preparation = await this.prepare(mapping, ref, more)
    if (preparation.result.ok && preparation.result.value.kind === 'wait-lane') {
      preparation = await this.prepare(mapping, ref, { ...more, lane: preparation.result.value.lane })
    }
    if (!preparation.result.ok) throw new Error(preparation.result.failure.sentence)
    const prepared = preparation.result.value
    const to = otherSystem(ref.system)
    if (prepared.kind === 'create') {
      const id = String(100 + this.records.size)
      const created = this.put({ system: to, entity: prepared.entity, id }, prepared.values, prepared.foreignId)
      this.join(ref, created.ref, prepared.synced)
    } else if (prepared.kind === 'update') {
      const back = prepared.back ?? null
      if (back !== null) this.edit(back.record.ref, back.values)
      this.edit(prepared.destination.ref, prepared.values)
      this.join(ref, prepared.destination.ref, prepared.synced)
    } else if (prepared.kind === 'unchanged') this.join(ref, prepared.destination, prepared.synced)
    return prepared
  }

  join(one: RecordRef, other: RecordRef, synced: Readonly<Record<SystemName, Values>>): void {
    const [salesforce, connectwise] = one.system === 'salesforce' ? [one, other] : [other, one]
    const at = this.links.findIndex((link) => link.salesforce.id === salesforce.id)
    const link = at === -1 ? this.link(salesforce, connectwise) : this.links[at]
    if (link === undefined) return
    this.links[at === -1 ? this.links.length - 1 : at] = {
      ...link,
      salesforce: { ...link.salesforce, version: this.at(salesforce).version, synced: synced.salesforce },
      connectwise: { ...link.connectwise, version: this.at(connectwise).version, synced: synced.connectwise },
    }
  }
}

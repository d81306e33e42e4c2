import { setImmediate } from 'node:timers/promises'
import type { Commanded } from '#main/relay.ts'
import { findLink } from '#main/store/links.ts'
import type { EventRecord } from '#shared/domain/event-record.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { MappingBacktest, MappingCheck, MappingPreview } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import {
  otherSystem,
  systemName,
  systemTitle,
  type RecordRef,
  type SystemName,
  type Values,
} from '#shared/domain/record.ts'
import type { FieldDescription } from '#shared/domain/schema.ts'
import type { MappingRun, ResolveReference } from '#shared/logic/apply-mapping.ts'
import { checkMapping } from '#shared/logic/check-mapping.ts'
import { compareOutputs, explainMapping } from '#shared/logic/explain-mapping.ts'
import { nameOf } from '#shared/logic/record-name.ts'
import type { Configuration } from './configuration.ts'
import { heldReason, type Schemas, type SchemasPorts } from './schemas.ts'

export interface TrialsPorts extends SchemasPorts {
  readonly configuration: Configuration
  readonly schemas: Schemas
}

/** How long a backtest may take, how long a record that was fetched serves further previews, and the longest fetch (ms). */
const backtestMs = 10_000
const fetchedMs = 60_000
const timeoutMs = 20_000

interface Read extends Pick<MappingPreview, 'valuesFrom' | 'remark'> {
  readonly values: Values
  readonly isFull: boolean
}

/** Tries out drafts of mappings on what events have said. Nothing is written, and references are told by the links alone. */
export class MappingTrials {
  readonly #ports: TrialsPorts
  /** The record fetched last: a person looks at one event while typing, and each key must not cost a call. */
  #fetched: { readonly eventId: EventId; readonly at: number; readonly values: Values } | null = null

  constructor(ports: TrialsPorts) {
    this.#ports = ports
  }

  /** Looks at a draft beside what both systems say of their fields. */
  async check(document: MappingDocument): Promise<MappingCheck> {
    const known: Partial<Record<SystemName, readonly FieldDescription[]>> = {}
    const notChecked: string[] = []
    for (const system of systemName.options) {
      const { entity } = document[system]
      const id = this.#connectionOf(system, document)
      if (id === null) {
        notChecked.push(`${systemTitle[system]} is not connected, so its fields are not known.`)
        continue
      }
      const described = await this.#ports.schemas.describe(id, entity, false)
      if (!described.ok) notChecked.push(`The fields of ${entity} are not known. ${described.reason}`)
      else {
        known[system] = described.value.fields
        notChecked.push(...described.value.remarks)
      }
    }
    return { warnings: checkMapping(document, known), notChecked }
  }

  /** What each row of a draft makes of one event. */
  async preview(document: MappingDocument, record: EventRecord): Promise<Commanded<MappingPreview>> {
    if (document[record.system].entity !== record.entity) {
      const reason = `The event is about a ${record.entity}; the mapping carries a ${document[record.system].entity}.`
      return { ok: false, code: 'INVALID', reason }
    }
    const read = await this.#read(record, document)
    if (!read.ok) return read
    const { values, isFull, ...rest } = read.value
    const run = this.#runOf(record, values, isFull)
    const { eventId } = record
    return {
      ok: true,
      value: { eventId, to: run.to, isCreate: run.isCreate, ...rest, rows: await explainMapping({ document, ...run }) },
    }
  }

  /** What a draft makes of records otherwise than the stored version does. Other work goes on between two records. */
  async backtest(
    document: MappingDocument,
    records: readonly EventRecord[],
    signal: AbortSignal | undefined,
  ): Promise<MappingBacktest> {
    const { clock, configuration } = this.#ports
    const current = configuration.hasMapping(document.id) ? configuration.mapping(document.id, null) : null
    const until = clock.monotonic() + backtestMs
    const events: MappingBacktest['events'] = []
    const counts = { compared: 0, unchanged: 0, withoutValues: 0, failing: 0, failingBefore: 0 }
    let stopped: MappingBacktest['stopped'] = null
    for (const record of records) {
      if (signal?.aborted === true) stopped = 'cancelled'
      else if (clock.monotonic() > until) stopped = 'time'
      if (stopped !== null) break
      const { eventId, system, recordId, title, values, isFull } = record
      if (values === null || document[system].entity !== record.entity) {
        counts.withoutValues += 1
        continue
      }
      const { changes, failing, failingBefore } = await compareOutputs(
        this.#runOf(record, values, isFull),
        current?.document ?? null,
        document,
      )
      counts.compared += 1
      if (failing) counts.failing += 1
      if (failingBefore) counts.failingBefore += 1
      if (changes.length === 0) counts.unchanged += 1
      else events.push({ eventId, system, recordId, title, changes: [...changes] })
      await setImmediate()
    }
    return { version: current?.version ?? null, ...counts, events, stopped }
  }

  /** Of the connections of a system the one that the mapping's routes use, or else the first. */
  #connectionOf(system: SystemName, document: MappingDocument) {
    const { configuration } = this.#ports
    const used = configuration.routes
      .filter(({ mappingId }) => mappingId === document.id)
      .map((route) => (route.from === system ? route.sourceConnectionId : route.connectionId))
    const all = [...configuration.connections.values()].map(({ value }) => value).filter(({ kind }) => kind === system)
    return used.find((id) => configuration.connections.has(id)) ?? all[0]?.id ?? null
  }

  #runOf(record: EventRecord, values: Values, isFull: boolean): Omit<MappingRun, 'document'> {
    const { system, entity, recordId } = record
    const link = this.#ports.store.read((tx) => findLink(tx, { system, entity, id: recordId }))
    return {
      to: otherSystem(system),
      source: values,
      sourceId: recordId,
      isFull,
      isCreate: link === null || link.endedAt !== null,
      resolveReference: (ref, there, required) => this.#resolve(ref, there, required),
    }
  }

  #resolve(...[ref, entity, required]: Parameters<ResolveReference>): Promise<Result<string | null>> {
    const link = this.#ports.store.read((tx) => findLink(tx, ref))
    if (link !== null && link.endedAt === null) return Promise.resolve(ok(link[otherSystem(ref.system)].id))
    if (!required) return Promise.resolve(ok(null))
    return Promise.resolve(
      failed({
        class: 'dependency',
        stage: 'transform',
        code: 'parent-not-linked',
        sentence: `${nameOf(ref)} is not linked with a ${entity} in ${systemTitle[otherSystem(ref.system)]} yet.`,
      }),
    )
  }

  /** The record as a delivery would read it, with as few calls as can be. */
  async #read(record: EventRecord, document: MappingDocument): Promise<Commanded<Read>> {
    const { eventId, system, entity, recordId, values, valuesFrom, isFull } = record
    if (values !== null && isFull && valuesFrom === 'event') {
      return { ok: true, value: { values, isFull, valuesFrom, remark: null } }
    }
    const now = this.#ports.clock.monotonic()
    if (this.#fetched?.eventId === eventId && now - this.#fetched.at < fetchedMs) {
      return { ok: true, value: { values: this.#fetched.values, isFull: true, valuesFrom: 'source', remark: null } }
    }
    const fetched = await this.#fetch({ system, entity, id: recordId }, document)
    if (typeof fetched !== 'string') {
      this.#fetched = { eventId, at: now, values: fetched }
      return { ok: true, value: { values: fetched, isFull: true, valuesFrom: 'source', remark: null } }
    }
    if (values !== null) return { ok: true, value: { values, isFull, valuesFrom, remark: fetched } }
    return { ok: false, code: 'CONFLICT', reason: `The event carries no values. ${fetched}` }
  }

  /** The record as it is now, or why it can't be had. */
  async #fetch(ref: RecordRef, document: MappingDocument): Promise<Values | string> {
    const { clock, lines } = this.#ports
    const id = this.#connectionOf(ref.system, document)
    const line = id === null ? undefined : lines.get(id)
    if (line === undefined) return `${systemTitle[ref.system]} is not connected.`
    const held = heldReason(line, clock.now())
    if (held !== null) return held
    const context = { purpose: 'refetch' as const, signal: AbortSignal.timeout(timeoutMs), record: () => {} }
    const fetched = await line.connector.fetch(ref.entity, ref.id, context)
    if (!fetched.ok) return fetched.failure.sentence
    return fetched.value?.values ?? `${nameOf(ref)} does not exist any more.`
  }
}

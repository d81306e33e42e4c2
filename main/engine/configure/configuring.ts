import { spreadAnew } from '#main/mapping/route/pace.ts'
import type { Commanded, Configuring } from '#main/relay.ts'
import { audit, deleteRoute, loadMapping, saveMapping, saveRoute } from '#main/store/configuration.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ImportReceipt } from '#shared/domain/configuration-import.ts'
import type { MappingId, RouteId } from '#shared/domain/ids.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { PauseTarget } from '#shared/domain/pause.ts'
import { readConfiguration, type ConfigurationFile } from '#shared/logic/configuration-file.ts'
import { planImport } from '#shared/logic/plan-import.ts'
import { diffMappings } from '#shared/logic/diff-mappings.ts'
import { unfitMapping } from '#shared/logic/unfit-expression.ts'
import { MappingTrials, type TrialsPorts } from './mapping-trials.ts'
import { Schemas } from './schemas.ts'

export interface ConfiguringPorts extends Omit<TrialsPorts, 'schemas'> {
  /** Ends the pause of something that is not there any more. */
  readonly unpause: (target: PauseTarget, who: string) => Promise<unknown>
}

/** Where people work on mappings and routes. Each change is checked, stored and audited in one transaction. */
export class ConfiguringDesk implements Configuring {
  readonly #ports: ConfiguringPorts
  readonly schemas: Schemas
  readonly trials: MappingTrials

  constructor(ports: ConfiguringPorts) {
    this.#ports = ports
    this.schemas = new Schemas(ports)
    this.trials = new MappingTrials({ ...ports, schemas: this.schemas })
  }

  async rollBack(id: MappingId, version: number, note: string, who: string): Promise<Commanded<MappingVersion>> {
    const { store } = this.#ports
    const [old, newest] = store.read((tx) => [loadMapping(tx, id, version), loadMapping(tx, id)])
    if (newest === null) return { ok: false, code: 'NOT_FOUND', reason: `There is no mapping ${id}.` }
    if (old === null) return { ok: false, code: 'NOT_FOUND', reason: `The mapping ${id} has no version ${version}.` }
    const { settings, rows, isReordered } = diffMappings(newest.document, old.document)
    if (settings.length === 0 && rows.length === 0 && !isReordered) {
      return { ok: false, code: 'CONFLICT', reason: `Version ${version} is what the newest version says already.` }
    }
    const unfit = unfitMapping(old.document)
    if (unfit !== null) return { ok: false, code: 'INVALID', reason: unfit }
    const saved = await this.#change((tx, at) => {
      audit(tx, { at, who, action: 'roll-back', subject: `mapping ${id}`, detail: `To version ${version}.` })
      const why = `Back to version ${version}. ${note}`.trim()
      return saveMapping(tx, old.document, { author: who, note: why, at })
    })
    return { ok: true, value: saved }
  }

  async removeRoute(id: RouteId, withOpen: boolean, who: string): Promise<Commanded<number>> {
    const route = this.#ports.configuration.routes.find((one) => one.id === id)
    if (route === undefined) return { ok: false, code: 'NOT_FOUND', reason: `There is no route ${id}.` }
    const open = await this.#change((tx, at) => {
      const count = countOpen(tx, id)
      if (count > 0 && !withOpen) return count
      deleteRoute(tx, id)
      audit(tx, { at, who, action: 'remove', subject: `route ${id}`, detail: `${count} deliveries had not ended` })
      return count
    })
    if (open === 0 || withOpen) {
      await this.#ports.unpause({ scope: 'route', id }, who)
      return { ok: true, value: open }
    }
    const what = open === 1 ? '1 delivery' : `${open} deliveries`
    const reason = `The route "${route.name}" has ${what} that did not end yet. Removed now, what is left ends as skipped.`
    return { ok: false, code: 'CONFLICT', reason }
  }

  async importConfiguration(text: string, dryRun: boolean, who: string): Promise<Commanded<ImportReceipt>> {
    const read = readConfiguration(text)
    if (!read.ok) return { ok: true, value: { items: [], problems: read.problems, applied: false } }
    const here = this.#here()
    const plan = planImport(read.value, here, new Set(this.#ports.configuration.connections.keys()))
    if (dryRun || plan.problems.length > 0) return { ok: true, value: { ...plan, applied: false } }
    const wanted = new Set(plan.items.filter(({ what }) => what === 'add' || what === 'change').map(keyOf))
    await this.#change((tx, at) => {
      for (const document of read.value.mappings) {
        if (!wanted.has(keyOf({ kind: 'mapping', id: document.id }))) continue
        saveMapping(tx, document, { author: who, note: 'Imported from a file.', at })
      }
      for (const route of read.value.routes) {
        if (!wanted.has(keyOf({ kind: 'route', id: route.id }))) continue
        saveRoute(tx, route)
        const before = here.routes.find(({ id }) => id === route.id)
        spreadAnew(tx, before, route, at)
      }
      audit(tx, { at, who, action: 'import', subject: 'configuration', detail: [...wanted].join(', ') })
    })
    return { ok: true, value: { ...plan, applied: true } }
  }

  #here(): ConfigurationFile {
    const { store, configuration } = this.#ports
    const ids = store.read((tx) => tx.all<{ id: MappingId }>('select distinct id from mappings order by id'))
    const mappings = ids.map(({ id }) => configuration.mapping(id, null).document)
    return { mappings, routes: configuration.routes }
  }

  async #change<T>(work: (tx: Transaction, now: number) => T): Promise<T> {
    const { store, clock, configuration } = this.#ports
    const result = await store.writeUrgent((tx) => work(tx, clock.now()))
    configuration.reload()
    return result
  }
}

function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`
}

function countOpen(tx: Transaction, id: RouteId): number {
  const row = tx.get<{ count: number }>(
    `select count(*) as count from deliveries where state in ('pending', 'leased', 'waiting', 'parked') and route_id = ?`,
    id,
  )
  return row?.count ?? 0
}

import { loadConnections, loadMapping, loadRoutes, loadSources } from '#main/store/configuration.ts'
import { loadSecrets } from '#main/store/secrets.ts'
import type { Store } from '#main/store/store.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { ConnectionId, MappingId } from '#shared/domain/ids.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { Route } from '#shared/domain/route.ts'
import type { Source } from '#shared/domain/source.ts'

export interface WithSecrets<T> {
  readonly value: T
  readonly secrets: Readonly<Record<string, string>>
}

/** What is configured, opened and in memory; read again from the store after each change. */
export class Configuration {
  readonly #store: Store
  readonly #key: Uint8Array
  #mappings = new Map<string, MappingVersion>()
  connections: ReadonlyMap<ConnectionId, WithSecrets<Connection>> = new Map()
  sources: ReadonlyMap<string, WithSecrets<Source>> = new Map()
  routes: readonly Route[] = []

  constructor(store: Store, key: Uint8Array) {
    this.#store = store
    this.#key = key
    this.reload()
  }

  reload(): void {
    this.#mappings = new Map()
    this.#store.read((tx) => {
      this.routes = loadRoutes(tx)
      this.connections = new Map(
        loadConnections(tx).map((value) => [
          value.id,
          { value, secrets: loadSecrets(tx, this.#key, `connection:${value.id}`) },
        ]),
      )
      this.sources = new Map(
        loadSources(tx).map((value) => [
          value.id,
          { value, secrets: loadSecrets(tx, this.#key, `source:${value.id}`) },
        ]),
      )
    })
  }

  hasMapping(id: MappingId): boolean {
    return this.#store.read((tx) => loadMapping(tx, id)) !== null
  }

  /** A mapping in one version, without `version` in the newest. @throws when there is none: a route must name one that exists. */
  mapping(id: MappingId, version: number | null): MappingVersion {
    const key = `${id}@${version ?? 'newest'}`
    const known = this.#mappings.get(key)
    if (known !== undefined) return known
    const loaded = this.#store.read((tx) => loadMapping(tx, id, version ?? undefined))
    if (loaded === null) throw new Error(`there is no mapping ${key}`)
    this.#mappings.set(key, loaded)
    return loaded
  }
}

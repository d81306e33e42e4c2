import type { ComponentHealth, Health, HealthState } from '#shared/domain/health.ts'

interface Seen {
  readonly state: HealthState
  /** null: it was so at the first look, and nobody knows since when. */
  readonly since: number | null
}

/** Remembers since when parts are in their states, for those that don't know it themselves; as far back as this run of the relay goes. */
export class StateMemory {
  readonly #seen = new Map<string, Seen>()

  /** Health with `since` filled in where it is known from here. */
  fill(health: Health, now: number): Health {
    const part = <T extends ComponentHealth>(key: string, one: T): T => {
      const since = this.#note(key, one.state, now)
      return one.since === null ? { ...one, since } : one
    }
    const { channels, connections, sources, storage } = health
    return {
      ...health,
      connections: connections.map((one) => part(`connection:${one.id}`, one)),
      sources: sources.map((one) => part(`source:${one.id}`, one)),
      ...(channels !== undefined && { channels: channels.map((one) => part(`channel:${one.id}`, one)) }),
      ...(storage !== undefined && { storage: part('storage', storage) }),
    }
  }

  #note(key: string, state: HealthState, now: number): number | null {
    const seen = this.#seen.get(key)
    if (seen?.state === state) return seen.since
    const since = seen === undefined ? null : now
    this.#seen.set(key, { state, since })
    return since
  }
}

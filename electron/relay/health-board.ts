import type { Health } from '#shared/domain/health.ts'
import type { RelayWatch } from './relay-watch.ts'

/** What the relay said last of how it is. */
export interface HealthBoard {
  /** null before it was heard. */
  readonly now: Health | null
  onChange(listener: (health: Health) => void): void
}

export function boardHealth(watch: RelayWatch): HealthBoard {
  const listeners = new Set<(health: Health) => void>()
  let now: Health | null = null
  watch.onPush((message) => {
    if (message.type !== 'hello' && message.type !== 'health') return
    now = message.health
    for (const listener of listeners) listener(now)
  })
  return {
    get now() {
      return now
    },
    onChange: (listener) => void listeners.add(listener),
  }
}

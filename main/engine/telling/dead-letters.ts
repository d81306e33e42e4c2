import { setImmediate as turn } from 'node:timers/promises'
import { sliceOfDead, type DeadLetter } from '#main/store/open-deliveries.ts'
import type { Store } from '#main/store/store.ts'

/** Rows looked at between two turns of the event loop: some milliseconds. */
const atOnce = 1_000

/** How many dead letters nobody has dealt with, by what they belong to. */
export interface DeadLetterCounts {
  readonly route: ReadonlyMap<string, number>
  readonly connection: ReadonlyMap<string, number>
  readonly source: ReadonlyMap<string, number>
}

/** Counts the dead letters in slices, as there may be a hundred thousand of them. */
export async function countDeadLetters(store: Pick<Store, 'read'>): Promise<DeadLetterCounts> {
  const counts = {
    route: new Map<string, number>(),
    connection: new Map<string, number>(),
    source: new Map<string, number>(),
  }
  const add = (of: Map<string, number>, id: string): void => void of.set(id, (of.get(id) ?? 0) + 1)
  for (let after = 0, rows: readonly DeadLetter[] = []; ; await turn()) {
    rows = store.read((tx) => sliceOfDead(tx, after, atOnce))
    for (const { routeId, connectionId, sourceId } of rows) {
      add(counts.route, routeId)
      add(counts.connection, connectionId)
      add(counts.source, sourceId)
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < atOnce) return counts
  }
}

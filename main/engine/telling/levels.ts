import type { Site } from '#main/alerts/site.ts'
import type { Clock } from '#main/base/clock.ts'
import { countSource } from '#main/store/counts.ts'
import type { Level } from '#main/store/levels.ts'
import { activityOf } from '#main/store/metrics.ts'
import type { QueueSample } from '#main/store/open-deliveries.ts'
import type { Store } from '#main/store/store.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { Pause } from '#shared/domain/pause.ts'
import type { Source } from '#shared/domain/source.ts'
import { rhythmOf, type Rhythm } from '#shared/logic/usual-rhythm.ts'
import type { Configuration } from '../configure/configuration.ts'
import { countDeadLetters, type DeadLetterCounts } from './dead-letters.ts'
import { LevelBook } from './level-book.ts'
import { levelsNow, type SourceInput } from './levels-now.ts'
import type { Line } from '../deliver/line.ts'

const hourMs = 3_600_000
/** So long (ms) a rhythm counts once it was worked out. */
const rhythmLastsMs = hourMs

export interface LevelPorts {
  readonly store: Store
  readonly clock: Clock
  readonly configuration: Configuration
  readonly lines: ReadonlyMap<ConnectionId, Line>
  readonly pauses: () => readonly Pause[]
  /** What a source's poller, or the look at its callbacks, says; null when nothing does. */
  readonly reported: (id: SourceId) => ComponentHealth | null
  /** Whether that part has still to say something, after a start or a change of the configuration. */
  readonly isAwaited: (id: SourceId) => boolean
  readonly diskFreeBytes: () => number | null
}

/** Looks once a minute how high everything stands that rules can watch. */
export class Levels {
  readonly book: LevelBook
  readonly #ports: LevelPorts
  readonly #rhythms = new Map<SourceId, { readonly at: number; readonly rhythm: Rhythm | null }>()

  constructor(ports: LevelPorts) {
    this.#ports = ports
    this.book = new LevelBook(ports.store)
  }

  /** Looks, and notes it for the minute that has just ended. */
  async note(minute: number, queue: readonly QueueSample[]): Promise<void> {
    const dead = await countDeadLetters(this.#ports.store)
    await this.book.note(minute, this.#look(queue, dead))
  }

  #look(queue: readonly QueueSample[], dead: DeadLetterCounts): Level[] {
    const { clock, configuration, lines, pauses, diskFreeBytes } = this.#ports
    const sources = [...configuration.sources.values()].map(({ value }) => value)
    return levelsNow({
      now: clock.now(),
      site: siteOf(configuration),
      pauses: pauses(),
      queue,
      dead,
      connections: new Map(
        [...lines].map(([id, { gate, budget }]) => [
          id as string,
          { hold: gate.hold, budget: budget.now(), isAwaited: budget.isAwaited },
        ]),
      ),
      sources: new Map(sources.map((source) => [source.id as string, this.#lookAt(source)])),
      diskFreeBytes: diskFreeBytes(),
      memoryBytes: process.memoryUsage.rss(),
      last: this.book.last(),
    })
  }

  #lookAt({ id, enabled }: Source): SourceInput {
    const { store, reported, isAwaited } = this.#ports
    const { lastEventAt } = store.read((tx) => countSource(tx, id))
    const rhythm = this.#rhythm(id)
    return { isEnabled: enabled, lastEventAt, rhythm, reported: reported(id), isAwaited: isAwaited(id) }
  }

  /** Looked up anew once an hour: a week of minutes is some ten thousand rows. */
  #rhythm(id: SourceId): Rhythm | null {
    const { store, clock } = this.#ports
    const now = clock.now()
    const known = this.#rhythms.get(id)
    if (known !== undefined && Math.abs(now - known.at) < rhythmLastsMs) return known.rhythm
    const rhythm = rhythmOf(store.read((tx) => activityOf(tx, id, now)))
    this.#rhythms.set(id, { at: now, rhythm })
    return rhythm
  }
}

/** What is configured, as rules see it. */
export function siteOf({ connections, sources, routes }: Configuration): Site {
  return {
    connections: [...connections.values()].map(({ value: { id, name, kind } }) => ({ id, name, system: kind })),
    sources: [...sources.values()].map(({ value: { id, name, kind } }) => ({
      id,
      name,
      system: kind === 'salesforce-webhook' ? 'salesforce' : 'connectwise',
    })),
    routes: routes.map(({ id, name, connectionId }) => ({ id, name, connectionId })),
  }
}

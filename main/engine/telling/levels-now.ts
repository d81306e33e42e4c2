import type { Site } from '#main/alerts/site.ts'
import type { Hold } from '#main/outbound/gate.ts'
import { levelKey, type Level } from '#main/store/levels.ts'
import type { QueueSample } from '#main/store/open-deliveries.ts'
import type { AlertMetric } from '#shared/domain/alert-metric.ts'
import type { Budget, ComponentHealth } from '#shared/domain/health.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { systemName, type SystemName } from '#shared/domain/record.ts'
import { silenceTimes, type Rhythm } from '#shared/logic/usual-rhythm.ts'
import type { DeadLetterCounts } from './dead-letters.ts'

const minuteMs = 60_000
const megabyte = 1_048_576

/** What the parts of the relay say at a look. */
export interface LevelInput {
  readonly now: number
  readonly site: Site
  readonly pauses: readonly Pause[]
  readonly queue: readonly QueueSample[]
  readonly dead: DeadLetterCounts
  readonly connections: ReadonlyMap<string, ConnectionInput>
  readonly sources: ReadonlyMap<string, SourceInput>
  readonly diskFreeBytes: number | null
  readonly memoryBytes: number
  /** How everything stood at the last look, by `levelKey`. */
  readonly last: ReadonlyMap<string, Pick<Level, 'value'>>
}

interface ConnectionInput {
  readonly hold: Hold | null
  readonly budget: Budget | null
  /** Whether its system has still to say how many calls are used. */
  readonly isAwaited: boolean
}

export interface SourceInput {
  readonly isEnabled: boolean
  readonly lastEventAt: number | null
  readonly rhythm: Rhythm | null
  /** What its poller, or the look at its callbacks, says. */
  readonly reported: ComponentHealth | null
  /** Whether that part has still to say something. */
  readonly isAwaited: boolean
}

type Value = number | null

/** How the values of several parts become one. */
type Gather = (values: readonly number[]) => number

const most: Gather = (values) => Math.max(...values)
const least: Gather = (values) => Math.min(...values)
const sum: Gather = (values) => values.reduce((all, one) => all + one, 0)

/**
 * Every level as it stands: of each subject, of the systems, and of everything.
 *
 * Where a part has still to speak, after a start or when its settings were saved, its last level stands until then: silence is no good
 * news, and what is open is neither over nor new by it.
 */
export function levelsNow(input: LevelInput): Level[] {
  return [
    { metric: 'running', scope: 'all', id: '', value: 1 },
    { metric: 'disk', scope: 'all', id: '', value: megabytesOf(input.diskFreeBytes) },
    { metric: 'memory', scope: 'all', id: '', value: megabytesOf(input.memoryBytes) },
    ...routeLevels(input),
    ...connectionLevels(input),
    ...sourceLevels(input),
  ]
}

function routeLevels({ site, queue, dead }: LevelInput): Level[] {
  return site.routes.flatMap(({ id }): Level[] => [
    { metric: 'lag', scope: 'route', id, value: lagOf(queue, 'route', id) },
    { metric: 'failing', scope: 'route', id, value: dead.route.get(id) ?? 0 },
  ])
}

function connectionLevels({ site, queue, dead, connections, pauses, last }: LevelInput): Level[] {
  const parts = site.connections
  const isPaused = (id: string): boolean =>
    pauses.some((one) => one.scope === 'everything' || (one.scope === 'connection' && one.id === id))
  const holdOf = (id: string): Hold | null => connections.get(id)?.hold ?? null
  const budgetOf = (id: string): Value => {
    const known = connections.get(id)
    const used = percentOf(known?.budget ?? null)
    return known?.isAwaited === true ? higher(used, lastOf(last, 'budget', 'connection', id)) : used
  }
  return [
    ...gathered('lag', 'connection', parts, (id) => lagOf(queue, 'connection', id), most),
    ...gathered('failing', 'connection', parts, (id) => dead.connection.get(id) ?? 0, sum),
    ...gathered('budget', 'connection', parts, budgetOf, most),
    ...gathered('sign-in', 'connection', parts, (id) => flag(holdOf(id)?.state === 'auth'), most),
    ...gathered('held', 'connection', parts, (id) => (isPaused(id) ? null : flag(holdOf(id) !== null)), most),
  ]
}

function sourceLevels({ now, site, queue, dead, sources, pauses, last }: LevelInput): Level[] {
  /** null for one that is paused or switched off. */
  const ofWatched =
    (value: (source: SourceInput, id: string) => Value) =>
    (id: string): Value => {
      const source = sources.get(id)
      const isPaused = pauses.some((one) => one.scope === 'source' && one.id === id)
      return source?.isEnabled !== true || isPaused ? null : value(source, id)
    }
  const quietMs = ({ lastEventAt }: SourceInput): Value =>
    lastEventAt === null ? null : Math.max(0, now - lastEventAt)
  const silence = (source: SourceInput): Value => {
    const ms = quietMs(source)
    return ms === null || source.rhythm === null ? null : Math.floor(10 * silenceTimes(source.rhythm, ms, now)) / 10
  }
  const idle = (source: SourceInput): Value => {
    const ms = quietMs(source)
    return ms === null ? null : Math.floor(ms / minuteMs)
  }
  const trouble = ({ reported, isAwaited }: SourceInput, id: string): Value =>
    isAwaited
      ? lastOf(last, 'source-trouble', 'source', id)
      : flag(reported?.state === 'down' || reported?.state === 'degraded')
  return [
    ...gathered('silence', 'source', site.sources, ofWatched(silence), most),
    ...gathered('idle', 'source', site.sources, ofWatched(idle), least),
    ...gathered('source-trouble', 'source', site.sources, ofWatched(trouble), most),
    // Of what is on its way, systems and everything are added up of the connections.
    ...site.sources.flatMap(({ id }): Level[] => [
      { metric: 'lag', scope: 'source', id, value: lagOf(queue, 'source', id) },
      { metric: 'failing', scope: 'source', id, value: dead.source.get(id) ?? 0 },
    ]),
  ]
}

/** A level of each part, of each system and of everything; what is not looked at in any part is not there to gather. */
function gathered(
  metric: AlertMetric,
  scope: 'connection' | 'source',
  parts: readonly { readonly id: string; readonly system: SystemName }[],
  valueOf: (id: string) => Value,
  gather: Gather,
): Level[] {
  const found = parts.map(({ id, system }) => ({ id, system, value: valueOf(id) }))
  const together = (some: readonly { readonly value: Value }[]): Value => {
    const values = some.flatMap(({ value }) => (value === null ? [] : [value]))
    return values.length === 0 ? null : gather(values)
  }
  return [
    { metric, scope: 'all', id: '', value: together(found) },
    ...systemName.options.map((id): Level => ({
      metric,
      scope: 'system',
      id,
      value: together(found.filter(({ system }) => system === id)),
    })),
    ...found.map(({ id, value }): Level => ({ metric, scope, id, value })),
  ]
}

function lastOf(last: LevelInput['last'], metric: AlertMetric, scope: Level['scope'], id: string): Value {
  return last.get(levelKey({ metric, scope, id }))?.value ?? null
}

function higher(one: Value, other: Value): Value {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}

/** Minutes. What a person has paused does not count. */
function lagOf(queue: readonly QueueSample[], scope: QueueSample['scope'], id: string): number {
  const seen = queue.find((one) => one.scope === scope && one.id === id)
  return Math.floor((seen?.unpausedLag ?? 0) / minuteMs)
}

function flag(is: boolean): number {
  return is ? 1 : 0
}

function percentOf(budget: Budget | null): Value {
  return budget === null ? null : Math.round((1_000 * budget.used) / budget.limit) / 10
}

/** With three figures, so that it is not another one at each look. */
function megabytesOf(bytes: number | null): Value {
  return bytes === null ? null : Number((bytes / megabyte).toPrecision(3))
}

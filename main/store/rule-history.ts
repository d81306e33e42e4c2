import { alertMetrics, type AlertMetric, type AlertScopeKind } from '#shared/domain/alert-metric.ts'
import type { AlertSubject } from '#shared/domain/alert.ts'
import { counted, type Counted, type MetricScope } from '#shared/domain/metrics.ts'
import { shares } from '#shared/logic/rule-figures.ts'
import { minuteMs, type CountedMinute, type LevelStep, type RuleHistory } from '#shared/logic/rule-history.ts'
import { mergeBuckets, type TimeBuckets } from '#shared/logic/time-buckets.ts'
import type { Rows } from './find-records.ts'
import { parseColumn } from './read/json.ts'

/** Where figures of a subject are kept: of a system, with each of its connections or sources. */
export interface FigurePart {
  readonly scope: MetricScope
  readonly id: string
}

/** A subject of a rule, with the parts that its figures are added up of. */
export interface WatchedSubject extends AlertSubject {
  readonly parts: readonly FigurePart[]
}

/** What a rule on `metric` needs to know of a subject, between two instants (ms since 1970). */
export function loadHistory(
  rows: Rows,
  metric: AlertMetric,
  subject: WatchedSubject,
  from: number,
  to: number,
): RuleHistory {
  const isCounted = metric === 'depth' || (alertMetrics[metric].over === 'window' && metric !== 'restarts')
  const hasSteps = metric === 'restarts' || (alertMetrics[metric].over === 'level' && metric !== 'depth')
  return {
    minutes: isCounted ? loadMinutes(rows, metric, subject.parts, from, to) : [],
    steps: hasSteps ? loadSteps(rows, metric, subject, from, to) : [],
    looks: loadSteps(rows, 'running', { kind: 'all', id: '' }, from, to),
  }
}

/** The same for one judgement of one window. */
export function loadWindow(
  rows: Rows,
  metric: AlertMetric,
  subject: WatchedSubject,
  from: number,
  to: number,
): RuleHistory {
  const isSummed = alertMetrics[metric].over === 'window' && metric !== 'restarts' && !(metric in shares)
  if (!isSummed) return loadHistory(rows, metric, subject, from, to)
  return {
    minutes: loadSums(rows, subject.parts, from, to),
    steps: [],
    looks: loadSteps(rows, 'running', { kind: 'all', id: '' }, from, to),
  }
}

/** The step that holds at `from`, and all up to `to`. */
export function loadSteps(
  rows: Rows,
  metric: AlertMetric | 'running',
  { kind, id }: { readonly kind: AlertScopeKind; readonly id: string },
  from: number,
  to: number,
): LevelStep[] {
  const of = [metric, kind, id] as const
  const first = rows.get<LevelStep>(
    'select at, value from levels where metric = ? and scope = ? and id = ? and at <= ? order by at desc limit 1',
    ...of,
    from,
  )
  const later = rows.all<LevelStep>(
    'select at, value from levels where metric = ? and scope = ? and id = ? and at > ? and at < ? order by at',
    ...of,
    from,
    to,
  )
  return first === undefined ? later : [first, ...later]
}

type MinuteRow = Partial<Record<Counted, number>> & {
  readonly at: number
  readonly times?: string
  readonly depth?: number | null
}

function loadMinutes(
  rows: Rows,
  metric: AlertMetric,
  parts: readonly FigurePart[],
  from: number,
  to: number,
): CountedMinute[] {
  const columns = metric === 'depth' ? 'depth' : metric in shares ? 'times' : counted.join(', ')
  const found = parts.flatMap(({ scope, id }) =>
    rows
      .all<MinuteRow>(
        `select at, ${columns} from metrics where scope = ? and id = ? and grain = ? and at >= ? and at < ? order by at`,
        scope,
        id,
        minuteMs,
        from,
        to,
      )
      .map(toMinute),
  )
  if (parts.length === 1) return found
  return [...Map.groupBy(found, ({ at }) => at).values()].map(together).toSorted((one, other) => one.at - other.at)
}

/** All that was counted in a window, as if it had been in its first minute: a day is a thousand rows, and their sums are all that is asked for. */
function loadSums(rows: Rows, parts: readonly FigurePart[], from: number, to: number): CountedMinute[] {
  const sums = counted.map((one) => `coalesce(sum(${one}), 0) as ${one}`).join(', ')
  const found = parts.flatMap(({ scope, id }) =>
    rows.all<Record<Counted, number>>(
      `select ${sums} from metrics where scope = ? and id = ? and grain = ? and at >= ? and at < ?`,
      scope,
      id,
      minuteMs,
      from,
      to,
    ),
  )
  return [together(found.map((counts) => ({ at: from, counts, times: {}, depth: null })))]
}

function toMinute({ at, times, depth, ...counts }: MinuteRow): CountedMinute {
  return { at, counts, times: parseColumn<TimeBuckets>(times ?? null, {}), depth: depth ?? null }
}

/** One minute of several parts. */
function together(all: readonly CountedMinute[]): CountedMinute {
  const counts: Record<string, number> = {}
  for (const one of all)
    for (const [what, count] of Object.entries(one.counts)) counts[what] = (counts[what] ?? 0) + count
  return {
    at: all[0]?.at ?? 0,
    counts,
    times: mergeBuckets(all.map(({ times }) => times)),
    depth: all.reduce((sum, { depth }) => sum + (depth ?? 0), 0),
  }
}

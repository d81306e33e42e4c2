import type { BacklogReport } from '#main/store/open-deliveries.ts'
import type { DeadGroup } from '#main/store/read/overview.ts'
import type { Alert } from '#shared/domain/alert.ts'
import type { Health } from '#shared/domain/health.ts'
import type { Counted } from '#shared/domain/metrics.ts'
import type { Route } from '#shared/domain/route.ts'
import type { ApiBudget, OpenIssue, Overview, Place, ReasonCount, SourceRhythm } from '#shared/domain/overview.ts'
import { isUnusuallyQuiet, rhythmOf, type Activity } from '#shared/logic/usual-rhythm.ts'
import { listIssues, placeOfPause } from './overview-issues.ts'

/** What the first screen is made of. */
export interface OverviewInput {
  readonly now: number
  readonly health: Health
  readonly backlog: BacklogReport
  readonly pairs: { readonly pairs: number; readonly troubled: number; readonly dead: number }
  readonly deadGroups: readonly DeadGroup[]
  /** Of the last 24 hours. */
  readonly counts: Readonly<Record<Counted, number>>
  /** For each source of the health, in the same order: when it had events. */
  readonly active: readonly Activity[]
  readonly budgets: readonly ApiBudget[]
  /** Those that are open. */
  readonly alerts: readonly Alert[]
  readonly routes: readonly Pick<Route, 'id' | 'name'>[]
}

/** Puts the first screen together. */
export function describeOverview(input: OverviewInput): Overview {
  const { now, health, backlog, pairs, counts, budgets } = input
  const sources = health.sources.map((source, index) =>
    rhythm(source, input.active[index] ?? { minutes: [], hours: [] }, now),
  )
  const issues = listIssues({ ...input, sources })
  const excluded = leftOut.flatMap(({ counted, ...reason }) =>
    counts[counted] === 0 ? [] : [{ ...reason, count: counts[counted] }],
  )
  const waiting = held.flatMap((reason) => {
    const count = backlog.reasons.get(reason.reason) ?? 0
    const place = (reason.reason === 'paused' && onlyPause(health)) || reason.place
    return count === 0 ? [] : [{ ...reason, place, count }]
  })
  return {
    ...judge(health, issues),
    at: now,
    inSync: Math.max(0, pairs.pairs - pairs.troubled),
    waiting: { count: backlog.count, reasons: waiting, oldestAt: backlog.oldestAt },
    excluded: { count: excluded.reduce((sum, { count }) => sum + count, 0), reasons: excluded },
    failing: pairs.dead,
    sources,
    budgets: [...budgets],
    issues,
  }
}

function judge(health: Health, issues: readonly OpenIssue[]): Pick<Overview, 'verdict' | 'sentence'> {
  const [first] = issues
  if (health.workspace === 'unconfigured') return { verdict: 'attention', sentence: health.sentence }
  if (first === undefined) return { verdict: 'well', sentence: 'All is well: changes are carried over as they come.' }
  const more =
    issues.length === 1
      ? ''
      : issues.length === 2
        ? ' One more thing wants a look.'
        : ` ${issues.length - 1} more things want a look.`
  return { verdict: first.gravity, sentence: `${first.sentence}${more}` }
}

function rhythm(source: Health['sources'][number], active: Activity, now: number): SourceRhythm {
  const { id, name, lastEventAt } = source
  const known = rhythmOf(active)
  const quietMs = lastEventAt === null ? null : Math.max(0, now - lastEventAt)
  const usualGapMs = known?.usualGapMs ?? null
  const isQuiet = source.state !== 'paused' && quietMs !== null && isUnusuallyQuiet(known, quietMs, now)
  return { id, name, lastEventAt, quietMs, usualGapMs, isUnusuallyQuiet: isQuiet }
}

function live(filter: string): Place {
  return { screen: 'live', filter }
}

/** Where the pause that holds deliveries is ended, when there is but one; null otherwise. */
function onlyPause({ pauses }: Health): Place | null {
  const [first, ...others] = pauses.filter(({ scope }) => scope !== 'source')
  return first === undefined || others.length > 0 ? null : placeOfPause(first)
}

type Reason = Omit<ReasonCount, 'count'>

/** Why deliveries wait, what a person has to do with first. */
const held: readonly Reason[] = [
  {
    reason: 'choice',
    sentence: 'Both sides were changed, and a person has to choose.',
    place: { screen: 'failures', filter: 'error:CONFLICT' },
  },
  {
    reason: 'parked',
    sentence: 'A person has to look before they go on.',
    place: { screen: 'failures', filter: '' },
  },
  {
    reason: 'paused',
    sentence: 'A person has paused what they have to pass.',
    place: { screen: 'connections', filter: '' },
  },
  { reason: 'route-off', sentence: 'Their route is switched off.', place: { screen: 'routes', filter: '' } },
  {
    reason: 'connection-held',
    sentence: 'The other system does not take them now.',
    place: { screen: 'connections', filter: '' },
  },
  { reason: 'parent', sentence: 'Another record has to be there first.', place: live('state:open class:dependency') },
  {
    reason: 'retry',
    sentence: 'They failed and will be tried again by themselves.',
    place: live('state:open class:transient class:limited class:auth class:unknown'),
  },
  {
    reason: 'turn',
    sentence: 'They are being sent, or stand behind another change of the same record.',
    place: live('state:open'),
  },
]

/** Why events of the last day were not carried over. An echo is told from what else was skipped by the words of its note (`echoNote`). */
const leftOut: readonly (Reason & { readonly counted: Counted })[] = [
  {
    reason: 'unchanged',
    counted: 'unchanged',
    sentence: 'Both sides said the same already.',
    place: live('result:unchanged since:24h'),
  },
  {
    reason: 'echo',
    counted: 'echoes',
    sentence: 'They were changes of ours coming back.',
    place: live('state:skipped since:24h "echo of a change"'),
  },
  {
    reason: 'unmatched',
    counted: 'unmatched',
    sentence: 'No route wanted them.',
    place: live('state:unmatched since:24h'),
  },
  {
    reason: 'skipped',
    counted: 'skipped',
    sentence: 'There was nothing to be done for them.',
    place: live('state:skipped since:24h -"echo of a change"'),
  },
]

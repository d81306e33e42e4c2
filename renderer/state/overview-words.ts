import { showDuration, showTime } from '#renderer/parts/time-format.ts'
import type { ApiBudget, OpenIssue, Overview, SourceRhythm } from '#shared/domain/overview.ts'
import type { Tone, Wording } from './wording.ts'

export const verdictWording: Record<Overview['verdict'], Wording> = {
  well: { label: 'Well', tone: 'good', meaning: 'Nothing wants a person.' },
  attention: { label: 'Wants a look', tone: 'wait', meaning: 'The bridge works, but something waits for a person.' },
  'not-well': { label: 'Not well', tone: 'bad', meaning: 'Changes are not carried over as they should be.' },
}

/** Well or not, in one sentence. What merely wants a look is listed below it, so that only its number is told. */
export function verdictSentence({
  verdict,
  sentence,
  issues,
}: Pick<Overview, 'verdict' | 'sentence' | 'issues'>): string {
  if (verdict !== 'attention' || issues.length === 0) return sentence
  return issues.length === 1
    ? 'The bridge works, but one thing wants a person.'
    : `The bridge works, but ${issues.length} things want a person.`
}

/** The scope and id of what is paused, when an issue is about a pause. */
export function pausedTarget({ key }: Pick<OpenIssue, 'key'>) {
  const [, scope, id = ''] = /^pause:(everything|connection|route|source):(.*)$/.exec(key) ?? []
  if (scope === undefined) return null
  return { scope: scope as 'everything' | 'connection' | 'route' | 'source', id }
}

/** The id of the connection that an issue is about, when it is about how one is. */
export function connectionOf({ key }: Pick<OpenIssue, 'key'>): string | null {
  return /^connection:(.+)$/.exec(key)?.[1] ?? null
}

/** How a source is heard of: "quiet for 3 h, usually every 5 min". */
export function rhythmWords({ quietMs, usualGapMs, isUnusuallyQuiet }: SourceRhythm): string {
  if (quietMs === null) return 'nothing was heard of it yet'
  const usually = usualGapMs === null ? '' : `usually every ${usualGap(usualGapMs)}`
  const isBrisk = !isUnusuallyQuiet && quietMs < Math.max(60_000, usualGapMs ?? 0)
  const quiet = isBrisk ? '' : `quiet for ${showDuration(quietMs)}`
  return [quiet, usually].filter((part) => part !== '').join(', ') || 'heard of just now'
}

function usualGap(ms: number): string {
  return ms <= 60_000 ? 'minute' : showDuration(ms)
}

/** How a budget stands: the share that is used, in percent, and how grave that is. Without a limit there is no share. */
export function budgetStand({ used, limit }: ApiBudget): { readonly percent: number | null; readonly tone: Tone } {
  if (limit === null || limit <= 0) return { percent: null, tone: 'quiet' }
  const percent = (100 * used) / limit
  return { percent, tone: percent >= 90 ? 'bad' : percent >= 70 ? 'wait' : 'good' }
}

/** What a technician would ask about a budget next: whose calls they were, and when some come back. */
export function budgetWords({ used, usedByPatchbay, countedBy, returnsAt }: ApiBudget): string {
  const others = Math.max(0, used - usedByPatchbay)
  const whose =
    countedBy === 'patchbay'
      ? 'Counted by Patchbay: its own calls only.'
      : others === 0
        ? 'All of them Patchbay’s.'
        : `${usedByPatchbay.toLocaleString('en')} Patchbay’s, ${others.toLocaleString('en')} of other programs and people.`
  return returnsAt === null ? whose : `${whose} From ${showTime.short(returnsAt)} on, calls come back.`
}

import { hourMs } from '#main/store/api-calls.ts'
import type { BudgetSettings } from '#shared/domain/connection.ts'
import type { Budget } from '#shared/domain/health.ts'
import { priority } from '#shared/domain/delivery.ts'

/** Calls used and allowed in 24 hours, as one of the two who count says. */
export type Usage = Pick<Budget, 'used' | 'limit' | 'countedBy'>

const steps = [100, 90, 70, 50] as const
/** The hours that a call may still count in: the running one and 24 before it, so that 24 hours are never counted short. */
const hoursBack = 24

/**
 * What of a budget is used and who may still draw on it. Pure.
 *
 * Of the system's own limit a share is left to its people; of what remains, a share is left to live events, so that replays and backfills
 * stop earlier. A limit of our own is ours alone.
 */
export function judgeBudget(usage: Usage, settings: BudgetSettings): Budget {
  const { used, limit, countedBy } = usage
  const forPeople = countedBy === 'system' ? settings.reserveForPeople : 0
  const most = Math.floor((limit * (100 - forPeople)) / 100)
  const mostForReplays = Math.floor((limit * (100 - forPeople - settings.reserveForLive)) / 100)
  const reached = steps.find((step) => used * 100 >= limit * step) ?? 0
  const open = used >= most ? 'nobody' : used >= mostForReplays ? 'live' : 'all'
  return { used, limit, countedBy, reached, open, most }
}

/** Of several budgets the one that is nearest to its end; null when there is none. */
export function tightest(budgets: readonly Budget[]): Budget | null {
  const left = ({ used, most }: Budget): number => (most === 0 ? 0 : 1 - used / most)
  return budgets.toSorted((one, other) => left(one) - left(other))[0] ?? null
}

/** The greatest priority number that may be leased under a budget; -1 when none may. */
export function openUpTo(budget: Budget | null): number {
  if (budget === null || budget.open === 'all') return priority.backfill
  return budget.open === 'live' ? priority.live : -1
}

/** The first hour (counted from 1970) whose calls count at this moment. */
export function firstHour(now: number): number {
  return Math.floor(now / hourMs) - hoursBack
}

/** Calls of the last 24 hours, by whole hours. */
export function callsIn(hours: ReadonlyMap<number, number>, now: number): number {
  const first = firstHour(now)
  let sum = 0
  for (const [hour, calls] of hours) if (hour >= first) sum += calls
  return sum
}

/** When, with no further calls, fewer than `most` will count (ms since 1970); `now` when that is so already. */
export function returnsAt(hours: ReadonlyMap<number, number>, most: number, now: number): number {
  let sum = callsIn(hours, now)
  let at = now
  for (const hour of [...hours.keys()].toSorted((one, other) => one - other)) {
    if (sum < most) return at
    if (hour < firstHour(now)) continue
    sum -= hours.get(hour) ?? 0
    at = (hour + hoursBack + 1) * hourMs
  }
  return at
}

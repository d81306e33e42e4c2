import type { Clock } from '#main/base/clock.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { RouteId } from '#shared/domain/ids.ts'
import type { Route } from '#shared/domain/route.ts'

/**
 * Spreads the deliveries of routes that have a rate. When each may go stands in its row; what is kept here is only where the next one
 * comes, by the steady clock, so that setting the wall clock moves nothing. After a start or a change of the rate it goes on behind the last
 * one in the rows.
 */
export class RoutePace {
  readonly #clock: Clock
  readonly #next = new Map<RouteId, { readonly rate: number; readonly at: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** When the next delivery of a route may go, ms since 1970; that is taken then. */
  take(tx: Transaction, { id, ratePerMinute }: Route, now: number): number {
    if (ratePerMinute === undefined) {
      this.#next.delete(id)
      return now
    }
    const steady = this.#clock.monotonic()
    const step = 60_000 / ratePerMinute
    const kept = this.#next.get(id)
    const next = Math.max(kept?.rate === ratePerMinute ? kept.at : steady + lastWait(tx, id, now) + step, steady)
    this.#next.set(id, { rate: ratePerMinute, at: next + step })
    return Math.round(now + next - steady)
  }
}

/** Spreads what nobody has begun on anew, when the rate of its route has changed or was lifted. `before`: the route as it was. */
export function spreadAnew(tx: Transaction, before: Route | undefined, route: Route, now: number): void {
  const { id, connectionId, ratePerMinute } = route
  if (before === undefined || before.ratePerMinute === ratePerMinute) return
  tx.run(
    `update deliveries set available_at = ? + cast(turns.turn * ? as integer), note = iif(turns.turn * ? < 1, null, note)
     from (
       select id, row_number() over (order by id) - 1 as turn from deliveries
       where state = 'pending' and route_id = ? and attempt_count = 0 and mode = 'live'
     ) as turns where deliveries.id = turns.id`,
    now,
    ratePerMinute === undefined ? 0 : 60_000 / ratePerMinute,
    ratePerMinute === undefined ? 0 : 1,
    id,
  )
  tx.notes.ready.add(connectionId)
}

/** How long the newest delivery of a route has still to wait for its turn (ms); minus what a whole step is when it has not. */
function lastWait(tx: Transaction, id: RouteId, now: number): number {
  const last = tx.get<{ available_at: number; state: string; attempt_count: number }>(
    'select available_at, state, attempt_count from deliveries indexed by deliveries_by_route where route_id = ? order by id desc limit 1',
    id,
  )
  const isWaiting = last !== undefined && last.state === 'pending' && last.attempt_count === 0
  return isWaiting ? last.available_at - now : -Infinity
}

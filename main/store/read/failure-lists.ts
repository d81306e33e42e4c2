import type { Page } from '#shared/contract/page.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { Discard, FailureCriteria, FailureGroupKey, FailureListState } from '#shared/domain/failure-group.ts'
import { failureTerms } from '../failure-match.ts'
import { deliveryColumns, deliveryJoin, deliveryOf, type DeliveryRow } from './deliveries.ts'
import { pageToken } from './page-token.ts'
import { readPage, type Listing, type Slice, type Term } from './page.ts'
import type { Reading } from './reading.ts'

export interface FailureQuery extends FailureCriteria, Slice {
  readonly state: FailureListState
  readonly discardId?: number | undefined
}

const isSettled = `(t.replayed_by is not null or t.state = 'cancelled')`
const isOpen = `(t.state = 'dead' and t.replayed_by is null)`

/** Lists of what failed, of what is held, and of what people gave up. */
export function failureListReads(reading: Reading) {
  /** Newest first: members of a group by when they failed, all else by when they were queued. */
  function listFailures({ state, discardId, before, limit, ...criteria }: FailureQuery): Page<DeliverySummary> {
    const [group, ...others] = criteria.groups ?? []
    const isWhole = Object.values(criteria).filter((value) => value !== undefined).length === 1
    if (group !== undefined && others.length === 0 && isWhole && (state === 'open' || state === 'settled'))
      return reading.together(() => membersOf(group, state, { before, limit }))
    return readPage<DeliveryRow, DeliverySummary>(
      reading,
      listingOf(state, criteria, discardId),
      { before, limit },
      deliveryOf,
    )
  }

  /** The index has them in this order, however many there are. The page before is known by its last one. */
  function membersOf(
    { routeId, class: kind, code, field }: FailureGroupKey,
    state: 'open' | 'settled',
    { before, limit }: Slice,
  ): Page<DeliverySummary> {
    const last = reading.get<{ hour: number; at: number }>(
      'select ended_hour as hour, ended_at as at from deliveries where id = ? and ended_at is not null',
      before,
    )
    const rows = reading.all<DeliveryRow>(
      `select ${deliveryColumns} from deliveries t indexed by deliveries_failure_groups ${deliveryJoin}
       where t.failure is not null and t.ended_at is not null and t.route_id = ? and t.failure_class is ? and t.failure_code is ?
         and t.failure_field is ? and ${state === 'open' ? isOpen : isSettled}
         and t.ended_hour <= ? and (t.ended_at < ? or (t.ended_at = ? and t.id < ?))
       order by t.ended_hour desc, t.ended_at desc, t.id desc limit ?`,
      routeId,
      kind,
      code,
      field,
      last?.hour ?? Number.MAX_SAFE_INTEGER,
      last?.at ?? Number.MAX_SAFE_INTEGER,
      last?.at ?? Number.MAX_SAFE_INTEGER,
      before,
      limit + 1,
    )
    const items = rows.slice(0, limit)
    const end = items.at(-1)
    return { items: items.map(deliveryOf), next: rows.length > limit && end !== undefined ? pageToken(end.id) : null }
  }

  function listDiscards(slice: Slice): Page<Discard> {
    return readPage<Discard, Discard>(reading, discards, slice, (row) => row)
  }

  return { listFailures, listDiscards }
}

/** One that was taken back as a whole is not told any more. */
const discards: Listing = {
  table: 'discards',
  index: null,
  columns: `t.id, t.discarded_at as at, t.who, t.reason,
    (select count(*) from discarded x indexed by discarded_by_discard where x.discard_id = t.id) as count`,
  found: [],
  tried: [{ sql: 'exists (select 1 from discarded x where x.discard_id = t.id)', values: [] }],
}

function listingOf(state: FailureListState, criteria: FailureCriteria, discardId: number | undefined): Listing {
  const terms = failureTerms(criteria, { delivery: 't', event: 'e' })
  const discarded: Term[] =
    discardId === undefined
      ? []
      : [{ sql: 't.id in (select delivery_id from discarded where discard_id = ?)', values: [discardId] }]
  const list = (index: string | null, found: string, ...tried: Term[]): Listing => ({
    table: 'deliveries',
    index,
    columns: deliveryColumns,
    join: deliveryJoin,
    found: [{ sql: found, values: [] }],
    tried: [...tried, ...terms],
  })
  switch (state) {
    case 'open':
      return list('deliveries_dead', `t.state = 'dead' and t.replayed_by is null`)
    case 'parked':
      return list('deliveries_by_state', `t.state = 'parked'`)
    case 'waiting':
      return list('deliveries_by_state', `t.state = 'waiting'`, { sql: 't.failure is not null', values: [] })
    case 'settled':
      return list(null, 't.failure is not null', { sql: isSettled, values: [] }, ...discarded)
  }
}

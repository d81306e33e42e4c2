import type { FailureClass } from '#shared/domain/failure.ts'
import type { FailureGroup, FailureGroupKey, FailureGroups } from '#shared/domain/failure-group.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import type { DeliveryReads } from './deliveries.ts'
import type { Reading } from './reading.ts'

export interface GroupsQuery {
  /** ms since 1970. */
  readonly now: number
  readonly hours: number
  readonly state?: FailureGroup['state'] | undefined
}

interface HourRow {
  readonly routeId: RouteId
  readonly class: FailureClass | null
  readonly code: string | null
  readonly field: string | null
  readonly hour: number
  readonly total: number
  readonly open: number
  readonly givenUp: number
  /** The first failure of those that are open. */
  readonly openSince: number | null
  /** The newest delivery that replays one of them. */
  readonly newestReplay: number | null
  readonly firstAt: number
  readonly lastAt: number
}

type Told = 'sentence' | 'fix' | 'newest' | 'eventIds' | 'settledAt' | 'isBack'

interface Counts extends Omit<FailureGroup, Told> {
  openSince: number | null
  newestReplay: number | null
}

const hourMs = 3_600_000
/** Groups that are told. */
const most = 200
/** Events named of each. */
const examples = 5
/** Of those that were given up, the newest so many say when that was. */
const givenUpLookedAt = 50

const ended = `from deliveries indexed by deliveries_failure_groups where failure is not null and ended_at is not null`
const isOpen = `(state = 'dead' and replayed_by is null)`
const ofGroup = 'route_id = ? and failure_class is ? and failure_code is ? and failure_field is ?'

/** What failed for good, by kind: the index holds all that is counted, in the order of groups and hours. */
export function failureGroupReads(reading: Reading, { deliverySummaryOf }: Pick<DeliveryReads, 'deliverySummaryOf'>) {
  function failureGroups({ now, hours, state }: GroupsQuery): FailureGroups {
    return reading.together(() => {
      const rows = reading.all<HourRow>(
        `select route_id as routeId, failure_class as class, failure_code as code, failure_field as field, ended_hour as hour,
           count(*) as total, sum${isOpen} as open, sum(state = 'cancelled') as givenUp,
           min(iif(${isOpen}, ended_at, null)) as openSince, max(replayed_by) as newestReplay, min(ended_at) as firstAt, max(ended_at) as lastAt
         ${ended} group by route_id, failure_class, failure_code, failure_field, ended_hour`,
      )
      const groups = summed(rows, Math.floor(now / hourMs) - hours + 1, hours)
        .filter((group) => state === undefined || group.state === state)
        .toSorted((one, other) => Number(other.open > 0) - Number(one.open > 0) || other.lastAt - one.lastAt)
      return {
        groups: groups.slice(0, most).map(({ openSince, newestReplay, ...group }) => {
          const settledAt = settled(group, newestReplay)
          const isBack = openSince !== null && settledAt !== null && openSince > settledAt
          return { ...group, ...toldBy(group), settledAt, isBack }
        }),
        more: Math.max(0, groups.length - most),
      }
    })
  }

  function toldBy(
    group: FailureGroupKey & Pick<Counts, 'open'>,
  ): Pick<FailureGroup, 'sentence' | 'fix' | 'newest' | 'eventIds'> {
    const found = reading.all<{ eventId: EventId; id: DeliveryId }>(
      `select event_id as eventId, id ${ended} and ${ofGroup} and ${group.open > 0 ? isOpen : 'true'}
       order by ended_hour desc, ended_at desc limit ${examples}`,
      ...keyOf(group),
    )
    const newest = found[0] === undefined ? null : deliverySummaryOf(found[0].id)
    const { sentence = '', fix = null } = newest?.failure ?? {}
    return { sentence, fix, newest, eventIds: [...new Set(found.map(({ eventId }) => eventId))] }
  }

  /** When one of a group was last replayed or given up. */
  function settled(group: FailureGroupKey & Pick<Counts, 'givenUp'>, newestReplay: number | null): number | null {
    const replayed = reading.get<{ at: number }>('select created_at as at from deliveries where id = ?', newestReplay)
    const givenUp =
      group.givenUp === 0
        ? undefined
        : reading.get<{ at: number | null }>(
            `select max(coalesce(s.discarded_at, d.ended_at)) as at
             from (select id, ended_at ${ended} and ${ofGroup} and state = 'cancelled'
               order by ended_hour desc, ended_at desc limit ${givenUpLookedAt}) d
             left join discarded x on x.delivery_id = d.id left join discards s on s.id = x.discard_id`,
            ...keyOf(group),
          )
    const last = Math.max(replayed?.at ?? 0, givenUp?.at ?? 0)
    return last === 0 ? null : last
  }

  return { failureGroups }
}

/** Adds up the hours of each group; they come one after the other. A failure that can't be read belongs to no group. */
function summed(rows: readonly HourRow[], firstHour: number, hours: number): Counts[] {
  const groups: Counts[] = []
  for (const { class: kind, code, ...row } of rows) {
    if (kind === null || code === null) continue
    const last = groups.at(-1)
    const key = { routeId: row.routeId, class: kind, code, field: row.field }
    const group = last !== undefined && isSame(last, key) ? last : emptyGroup(key, row, hours)
    if (group !== last) groups.push(group)
    group.open += row.open
    group.givenUp += row.givenUp
    group.openSince = least(group.openSince, row.openSince)
    group.newestReplay = Math.max(group.newestReplay ?? 0, row.newestReplay ?? 0) || null
    group.total += row.total
    group.lastAt = Math.max(group.lastAt, row.lastAt)
    group.firstAt = Math.min(group.firstAt, row.firstAt)
    group.state = group.open > 0 ? 'open' : 'resolved'
    const slot = Math.min(row.hour - firstHour, hours - 1)
    if (slot >= 0) group.hourly[slot] = (group.hourly[slot] ?? 0) + row.total
  }
  return groups
}

function emptyGroup(
  key: FailureGroupKey,
  { firstAt, lastAt }: HourRow | Omit<HourRow, 'class' | 'code'>,
  hours: number,
): Counts {
  return {
    ...key,
    state: 'resolved',
    open: 0,
    total: 0,
    givenUp: 0,
    openSince: null,
    newestReplay: null,
    firstAt,
    lastAt,
    hourly: Array.from({ length: hours }, () => 0),
  }
}

function keyOf({ routeId, class: kind, code, field }: FailureGroupKey) {
  return [routeId, kind, code, field] as const
}

function least(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

function isSame(one: FailureGroupKey, other: FailureGroupKey): boolean {
  return (
    one.routeId === other.routeId && one.class === other.class && one.code === other.code && one.field === other.field
  )
}

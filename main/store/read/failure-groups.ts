import type { FailureClass } from '#shared/domain/failure.ts'
import type { FailureGroup, FailureGroupKey, FailureGroups } from '#shared/domain/failure-group.ts'
import type { EventId, RouteId } from '#shared/domain/ids.ts'
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
  readonly firstAt: number
  readonly lastAt: number
}

type Counts = Omit<FailureGroup, 'sentence' | 'fix' | 'eventIds'>

const hourMs = 3_600_000
/** Groups that are told. */
const most = 200
/** Events named of each. */
const examples = 5

const ended = `from deliveries indexed by deliveries_failure_groups where failure is not null and ended_at is not null`
const isOpen = `(state = 'dead' and replayed_by is null)`
const ofGroup = 'route_id = ? and failure_class is ? and failure_code is ? and failure_field is ?'

/** What failed for good, by kind: the index holds all that is counted, in the order of groups and hours. */
export function failureGroupReads(reading: Reading) {
  function failureGroups({ now, hours, state }: GroupsQuery): FailureGroups {
    return reading.together(() => {
      const rows = reading.all<HourRow>(
        `select route_id as routeId, failure_class as class, failure_code as code, failure_field as field, ended_hour as hour,
           count(*) as total, sum${isOpen} as open, min(ended_at) as firstAt, max(ended_at) as lastAt
         ${ended} group by route_id, failure_class, failure_code, failure_field, ended_hour`,
      )
      const groups = summed(rows, Math.floor(now / hourMs) - hours + 1, hours)
        .filter((group) => state === undefined || group.state === state)
        .toSorted((one, other) => Number(other.open > 0) - Number(one.open > 0) || other.lastAt - one.lastAt)
      return {
        groups: groups.slice(0, most).map((group) => ({ ...group, ...toldBy(group) })),
        more: Math.max(0, groups.length - most),
      }
    })
  }

  function toldBy(group: Counts): Pick<FailureGroup, 'sentence' | 'fix' | 'eventIds'> {
    const key = [group.routeId, group.class, group.code, group.field] as const
    const newest = (which: string) =>
      reading.all<{ eventId: EventId; id: number }>(
        `select event_id as eventId, id ${ended} and ${ofGroup} and ${which} order by ended_hour desc, ended_at desc limit ${examples}`,
        ...key,
      )
    const found = newest(group.open > 0 ? isOpen : 'true')
    const told = reading.get<{ sentence: string | null; fix: string | null }>(
      `select failure_sentence as sentence, failure ->> '$.fix' as fix from deliveries where id = ?`,
      found[0]?.id ?? 0,
    )
    const eventIds = [...new Set(found.map(({ eventId }) => eventId))]
    return { sentence: told?.sentence ?? '', fix: told?.fix ?? null, eventIds }
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
    firstAt,
    lastAt,
    hourly: Array.from({ length: hours }, () => 0),
  }
}

function isSame(one: FailureGroupKey, other: FailureGroupKey): boolean {
  return (
    one.routeId === other.routeId && one.class === other.class && one.code === other.code && one.field === other.field
  )
}

import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo, usePlace } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import { actionWords, count, eventBadge } from '#renderer/state/wording.ts'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { TimelineEntry } from '#shared/domain/known-record.ts'
import styles from './related-tab.module.css'

const columns: readonly Column<TimelineEntry>[] = [
  { name: 'time', title: 'Time', width: '104px', cell: (entry) => <Time at={entry.receivedAt} /> },
  { name: 'system', title: 'From', width: '40px', cell: (entry) => <SystemName system={entry.system} short /> },
  { name: 'what', title: 'What', width: '126px', cell: (entry) => `${entry.entity} ${actionWords[entry.action]}` },
  {
    name: 'state',
    title: 'State',
    width: '112px',
    cell: (entry) => <StateBadge wording={eventBadge(entry)} />,
  },
  {
    name: 'note',
    title: 'What changed',
    width: 'minmax(0, 1fr)',
    cell: (entry) => <span title={changeOf(entry)}>{changeOf(entry)}</span>,
  },
]

/** All events of the same record and of its counterpart, newest first. */
export function RelatedTab({ event }: { event: EventDetail }) {
  const { query } = usePlace()
  const record = { system: event.system, entity: event.entity, id: event.recordId }
  const list = usePages<TimelineEntry>(`events of ${record.system} ${record.entity} ${record.id}`, (call, after) =>
    call.records.timeline({ ...record, limit: 50, ...(after !== undefined && { after }) }),
  )
  if (list.failed !== null && list.items.length === 0)
    return <LoadFailure what="The record’s events" error={list.failed} again={list.reload} />
  if (list.ended && list.items.length <= 1) {
    return (
      <EmptyState icon="records" title="The only event of this record so far">
        Whatever else happens to it, or to its counterpart in the other system, will stand here.
      </EmptyState>
    )
  }
  return (
    <>
      <p className={styles.lead}>
        Everything that happened to this record and to its counterpart, newest first.{' '}
        <a href={addressOf('records', [record.system, record.entity, record.id])}>See the record</a>
      </p>
      <DataList
        label="Events of this record and its counterpart"
        columns={columns}
        items={list.items}
        idOf={(entry) => entry.id}
        openId={event.id}
        onOpen={(entry) => goTo(addressOf('live', [entry.id, 'timeline'], query))}
        onEnd={list.loadMore}
        foot={list.ended ? 'That is the oldest one.' : 'Loading older…'}
      />
    </>
  )
}

/** Which fields were written, or why none. */
function changeOf({ deliveries, note }: TimelineEntry): string {
  const fields = [...new Set(deliveries.flatMap(({ changes }) => changes.map(({ field }) => field)))]
  if (fields.length === 0) return note ?? ''
  const more = fields.length > 3 ? ` and ${count(fields.length - 3, 'more', 'more')}` : ''
  return `${fields.slice(0, 3).join(', ')}${more}`
}

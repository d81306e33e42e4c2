import { useEffect, useRef, useState } from 'react'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { recordAddress } from '#renderer/state/record-address.ts'
import { refsOf } from '#renderer/state/record-story.ts'
import { usePages, type Pages } from '#renderer/state/use-pages.ts'
import { recordWording } from '#renderer/state/wording.ts'
import type { KnownRecord } from '#shared/domain/known-record.ts'
import type { SystemName as System } from '#shared/domain/record.ts'
import { SearchInput } from './search-input.tsx'
import styles from './record-search.module.css'

const pageSize = 100
/** How often a list is asked for anew (ms). */
const lookEveryMs = 4_000

const columns: readonly Column<KnownRecord>[] = [
  {
    name: 'title',
    title: 'Name',
    width: 'minmax(0, 1.3fr)',
    cell: (record) => <span className={styles.title}>{record.title ?? 'Without a name'}</span>,
  },
  {
    name: 'state',
    title: 'State',
    width: '116px',
    cell: (record) => <StateBadge wording={recordWording[record.state]} />,
  },
  {
    name: 'salesforce',
    title: 'In Salesforce',
    width: 'minmax(0, 1.2fr)',
    cell: (record) => <Side system="salesforce" side={record.salesforce} />,
  },
  {
    name: 'connectwise',
    title: 'In ConnectWise',
    width: 'minmax(0, 1fr)',
    cell: (record) => <Side system="connectwise" side={record.connectwise} />,
  },
  { name: 'change', title: 'Last change', width: '124px', cell: (record) => <Time at={record.lastChangeAt} /> },
]

/** Where the person wants to go with what some words find. */
interface Going {
  readonly words: string
  readonly to: 'list' | 'first'
}

/** Looks records up by what people know of them. Typing searches; down leads into the list, Enter opens. */
export function RecordSearch({ text }: { text: string }) {
  const list = usePages<KnownRecord>(`records ${text}`, (call, after) =>
    call.records.search({ text, limit: pageSize, ...(after && { after }) }),
  )
  useFreshList(list)
  const results = useRef<HTMLDivElement>(null)
  const [going, setGoing] = useState<Going | null>(null)
  const open = (record: KnownRecord | undefined) => {
    const ref = record === undefined ? undefined : refsOf(record)[0]
    if (ref !== undefined) goTo(recordAddress(ref, { text }))
  }
  const latest = useRef(open)
  latest.current = open
  const { items, loading } = list
  // What stands in the list may still answer to fewer letters than were typed.
  useEffect(() => {
    if (going === null || going.words !== text || loading) return
    setGoing(null)
    if (going.to === 'first') latest.current(items[0])
    else results.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }, [going, text, loading, items])
  const search = (words: string) => goTo(addressOf('records', [], { text: words }), true)
  const isEmpty = list.ended && list.items.length === 0
  return (
    <Page title="Records" lead="What Patchbay knows of a record in both systems, and what happened to it." width="fill">
      <SearchInput text={text} onSearch={search} onGo={(words, to) => setGoing({ words, to })} />
      {list.failed !== null && list.items.length === 0 && (
        <LoadFailure what="The records" error={list.failed} again={list.reload} />
      )}
      {isEmpty && text !== '' && <NothingFound text={text} />}
      {isEmpty && text === '' && (
        <EmptyState icon="records" title="No records yet">
          A record is listed here as soon as the first event about it has come in.
        </EmptyState>
      )}
      {list.items.length > 0 && (
        <div className={styles.results} ref={results}>
          <DataList
            label="Records"
            columns={columns}
            items={list.items}
            idOf={(record) =>
              refsOf(record)
                .map(({ entity, id }) => `${entity} ${id}`)
                .join(' ')
            }
            onOpen={open}
            onEnd={list.loadMore}
            foot={list.ended ? undefined : 'Loading more…'}
          />
        </div>
      )}
    </Page>
  )
}

/** A list that nobody has scrolled down yet is asked for again and again: a record is entered some seconds after it was heard of. */
function useFreshList({ items, reload }: Pick<Pages<KnownRecord>, 'items' | 'reload'>): void {
  const isLong = items.length > pageSize
  useEffect(() => {
    if (isLong) return
    const timer = setInterval(reload, lookEveryMs)
    return () => clearInterval(timer)
  }, [isLong, reload])
}

function Side({ system, side }: { system: System; side: KnownRecord['salesforce'] }) {
  if (side === null) return <span className={styles.none}>none</span>
  return (
    <span className={styles.side}>
      <SystemName system={system} short /> {side.entity} <code>{side.id}</code>
    </span>
  )
}

function NothingFound({ text }: { text: string }) {
  return (
    <EmptyState icon="search" title={`No record is known by “${text}”`}>
      Each word has to be the beginning of a name, an id, a number, an e-mail address or a domain. Patchbay knows the
      records that it has carried over, or heard of in an event.
    </EmptyState>
  )
}

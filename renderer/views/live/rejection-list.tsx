import { Button } from '@mantine/core'
import { useState } from 'react'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import { useRefusals } from '#renderer/state/use-refusals.ts'
import type { Rejection } from '#shared/domain/event.ts'
import { RejectionDetail } from './rejection-detail.tsx'
import styles from './rejection-list.module.css'

const columns: readonly Column<Rejection>[] = [
  { name: 'time', title: 'When', width: '116px', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
  { name: 'status', title: 'Answered', width: '80px', cell: ({ status }) => <Status status={status} /> },
  { name: 'source', title: 'Source', width: 'minmax(0, 180px)', cell: ({ sourceId }) => sourceId },
  {
    name: 'why',
    title: 'Why',
    width: 'minmax(0, 1fr)',
    cell: ({ sentence }) => <span title={sentence}>{sentence}</span>,
  },
  {
    name: 'many',
    title: 'How many',
    width: '140px',
    cell: ({ count }) => (count > 1 ? `${count.toLocaleString('en')} in this minute` : ''),
  },
]

const pageSize = 100

/** Requests that were refused at the door, newest first; one is opened to see why and what was sent. */
export function RejectionList() {
  const [open, setOpen] = useState<Rejection | null>(null)
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const list = usePages<Rejection>(`rejections ${workspace}`, (call, after) =>
    call.rejections.list({ limit: pageSize, ...(after && { after }) }),
  )
  const isReading = open !== null || list.items.length > pageSize
  const hasNews = useRefusals(list.reload, isReading)
  if (list.failed !== null && list.items.length === 0) {
    return <LoadFailure what="The rejections" error={list.failed} again={list.reload} />
  }
  if (list.items.length === 0) {
    return list.ended ? (
      <EmptyState icon="shield" title="No request was refused">
        Requests with a wrong signature, too large or in a wrong form are refused and kept here, so that nothing
        vanishes without a reason.
      </EmptyState>
    ) : null
  }
  return (
    <div className={styles.screen}>
      {hasNews && (
        <Button
          className={styles.news ?? ''}
          size="compact-sm"
          variant="default"
          onClick={() => {
            setOpen(null)
            list.reload()
          }}
        >
          Show newer ones
        </Button>
      )}
      <div className={styles.body}>
        <DataList
          label="Rejections, newest first"
          columns={open === null ? columns : columns.slice(0, 4)}
          items={list.items}
          idOf={({ id }) => id}
          openId={open?.id ?? null}
          onOpen={setOpen}
          onEnd={list.loadMore}
          foot={list.ended ? 'That was the first one that is kept.' : 'Loading older…'}
        />
        {open !== null && <RejectionDetail rejection={open} onClose={() => setOpen(null)} />}
      </div>
    </div>
  )
}

function Status({ status }: Pick<Rejection, 'status'>) {
  return (
    <span className={styles.status} data-tone="bad">
      {status}
    </span>
  )
}

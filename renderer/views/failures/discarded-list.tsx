import { Button } from '@mantine/core'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { listAddress } from '#renderer/state/failure-place.ts'
import { useDiscard } from '#renderer/state/use-discard.ts'
import { useFailureNews } from '#renderer/state/use-failures.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import type { Discard } from '#shared/domain/failure-group.ts'
import styles from './failure-columns.module.css'

/** What people gave up, by who and why, with the way back. */
export function DiscardedList() {
  const list = usePages<Discard>('discards', (call, after) =>
    call.failures.discards({ limit: 100, ...(after !== undefined && { after }) }),
  )
  useFailureNews(list.reload)
  if (list.failed !== null && list.items.length === 0) {
    return <LoadFailure what="What was given up" error={list.failed} again={list.reload} />
  }
  if (list.ended && list.items.length === 0) {
    return (
      <EmptyState icon="trash" title="Nothing was given up">
        What you discard stays here with your reason, and can be taken back as long as its events are kept.
      </EmptyState>
    )
  }
  return (
    <DataList
      label="What was given up, newest first"
      columns={columns}
      items={list.items}
      idOf={(one) => one.id}
      onOpen={(one) => goTo(listAddress('settled', {}, one.id))}
      onEnd={list.loadMore}
    />
  )
}

const columns: readonly Column<Discard>[] = [
  { name: 'at', title: 'Given up', width: '112px', cell: ({ at }) => <Time at={at} /> },
  {
    name: 'count',
    title: 'Dead letters',
    width: '90px',
    cell: ({ count }) => <span className={styles.number}>{count.toLocaleString('en')}</span>,
  },
  {
    name: 'why',
    title: 'Why',
    width: 'minmax(0, 1fr)',
    cell: ({ reason }) => <span title={reason}>{reason}</span>,
  },
  { name: 'who', title: 'By', width: '110px', cell: ({ who }) => (who === 'console' ? 'the console' : who) },
  { name: 'actions', title: '', width: '130px', cell: (one) => <RestoreAll discard={one} /> },
]

function RestoreAll({ discard: { count, id } }: { discard: Discard }) {
  const { restore } = useDiscard()
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<Icon name="undo" size={12} />}
      title="Makes dead letters of them again; nothing is sent"
      onClick={(event) => {
        event.stopPropagation()
        void restore(id)
      }}
    >
      Restore {count === 1 ? 'it' : `all ${count.toLocaleString('en')}`}
    </Button>
  )
}

import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { keyOf, keyText, listAddress } from '#renderer/state/failure-place.ts'
import type { Answer } from '#renderer/state/use-answer.ts'
import { resolvedOf, useRoutes } from '#renderer/state/use-failures.ts'
import type { FailureGroup, FailureGroups } from '#shared/domain/failure-group.ts'
import styles from './failure-columns.module.css'

/** Causes of which nothing is open any more, and when that was. */
export function ResolvedList({ groups }: { groups: Answer<FailureGroups> }) {
  const routes = useRoutes()
  if (groups.value === null) {
    return groups.failed === null ? null : (
      <LoadFailure what="What was resolved" error={groups.failed} again={groups.reload} />
    )
  }
  const resolved = resolvedOf(groups.value.groups)
  if (resolved.length === 0) {
    return (
      <EmptyState icon="inbox" title="Nothing was resolved yet">
        A cause moves here by itself when each of its dead letters was replayed, and back when the same happens again.
      </EmptyState>
    )
  }
  const columns: readonly Column<FailureGroup>[] = [
    {
      name: 'at',
      title: 'Resolved',
      width: '112px',
      cell: ({ settledAt }) => settledAt !== null && <Time at={settledAt} />,
    },
    {
      name: 'cause',
      title: 'Cause',
      width: 'minmax(0, 1fr)',
      cell: ({ sentence }) => <span title={sentence}>{sentence}</span>,
    },
    {
      name: 'route',
      title: 'Route',
      width: 'minmax(0, 190px)',
      cell: ({ routeId }) => routes.get(routeId)?.name ?? routeId,
    },
    { name: 'first', title: 'First failed', width: '112px', cell: ({ firstAt }) => <Time at={firstAt} /> },
    {
      name: 'replayed',
      title: 'Replayed',
      width: '76px',
      cell: ({ givenUp, total }) => <span className={styles.number}>{(total - givenUp).toLocaleString('en')}</span>,
    },
    {
      name: 'givenUp',
      title: 'Given up',
      width: '76px',
      cell: ({ givenUp }) => <span className={styles.number}>{givenUp > 0 && givenUp.toLocaleString('en')}</span>,
    },
  ]
  return (
    <DataList
      label="Resolved causes, the last first"
      columns={columns}
      items={resolved}
      idOf={keyText}
      onOpen={(group) => goTo(listAddress('settled', { groups: [keyOf(group)] }))}
    />
  )
}

import { useEffect, useMemo, useState } from 'react'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { nameOf } from '#renderer/state/event-story.ts'
import { addressOf } from '#renderer/state/place.ts'
import { isPicked, noRows, pickLoaded, pickRange, togglePick, type RowPicks } from '#renderer/state/row-picks.ts'
import { useFailureNews } from '#renderer/state/use-failures.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { FailureCriteria, FailureListState } from '#shared/domain/failure-group.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Route } from '#shared/domain/route.ts'
import { RowActions } from './row-actions.tsx'
import { HeldBar } from './held-bar.tsx'
import { RowBar } from './row-bar.tsx'
import styles from './failure-columns.module.css'

interface Props {
  /** What is listed, for screen readers. */
  readonly label: string
  readonly state: FailureListState
  readonly criteria: FailureCriteria
  readonly discardId?: number | null
  /** How many match; null: that has to be asked for when it matters. */
  readonly total: number | null
  /** What they have in common and is told elsewhere; own reasons are told where they differ. */
  readonly sentence?: string | undefined
  readonly routes: ReadonlyMap<string, Route>
}

const perPage = 100

/** Deliveries that failed or are held, drawn and loaded only as far as they are in sight; dead letters can be ticked. */
export function FailureRows({ label, state, criteria, discardId = null, total, sentence, routes }: Props) {
  const question = JSON.stringify([state, criteria, discardId])
  const list = usePages<DeliverySummary>(question, (call, after) =>
    call.failures.list({
      ...criteria,
      state,
      limit: perPage,
      ...(discardId !== null && { discardId }),
      ...(after !== undefined && { after }),
    }),
  )
  const { ended, failed, items, loadMore, loading, reload } = list
  const [picks, setPicks] = useState<RowPicks<DeliveryId>>(noRows)
  useEffect(() => setPicks(noRows), [question])
  useFailureNews(reload, items.length > perPage || picks.isAll || picks.ids.size > 0)
  // A page may hold nothing of what is looked for and still have a next one.
  useEffect(() => {
    if (items.length === 0 && !ended && !loading && failed === null) loadMore()
  }, [items.length, ended, loading, failed, loadMore])

  const isOneRoute = criteria.groups?.length === 1
  const columns = useMemo(
    () => columnsOf(state, sentence, isOneRoute ? null : routes),
    [state, sentence, isOneRoute, routes],
  )
  if (failed !== null && items.length === 0) return <LoadFailure what="The list" error={failed} again={reload} />
  if (ended && items.length === 0) {
    return (
      <EmptyState icon="good" title="Nothing is left here">
        What stood here was replayed, given up or went on.
      </EmptyState>
    )
  }
  const ids = items.map((item) => item.id)
  const Bar = state === 'open' ? RowBar : HeldBar
  const picked = items.filter((item) => isPicked(picks, item.id)).length
  const all = picked === 0 ? 'none' : picked === items.length ? 'all' : 'some'
  return (
    <>
      <DataList<DeliverySummary>
        label={label}
        columns={columns}
        items={items}
        idOf={(item) => item.id}
        onOpen={(item) => goTo(addressOf('live', [item.eventId]))}
        onEnd={loadMore}
        foot={loading ? 'Loading…' : null}
        {...(state !== 'settled' && {
          ticks: {
            isTicked: (item) => isPicked(picks, item.id),
            tick: (item, isRange) =>
              setPicks((last) => (isRange ? pickRange(last, item.id, ids) : togglePick(last, item.id))),
            all,
            tickAll: () => setPicks(all === 'all' ? noRows : pickLoaded(ids)),
            nameOf: titleOf,
          },
        })}
      />
      {(picked > 0 || picks.isAll) && (
        <Bar
          picks={picks}
          criteria={criteria}
          loaded={items.length}
          total={ended ? items.length : total}
          onPick={setPicks}
        />
      )}
    </>
  )
}

function columnsOf(
  state: FailureListState,
  sentence: string | undefined,
  /** null: all are of the same. */
  routes: ReadonlyMap<string, Route> | null,
): readonly Column<DeliverySummary>[] {
  const isHeld = state === 'parked' || state === 'waiting'
  return [
    {
      name: 'time',
      title: isHeld ? 'Since' : 'Failed',
      width: '112px',
      cell: ({ createdAt, endedAt }) => <Time at={endedAt ?? createdAt} />,
    },
    {
      name: 'system',
      title: 'From',
      width: '40px',
      cell: ({ record }) => <SystemName system={record.system} short />,
    },
    { name: 'record', title: 'Record', width: 'minmax(160px, 1fr)', cell: (item) => <strong>{titleOf(item)}</strong> },
    ...(routes === null
      ? []
      : [
          {
            name: 'route',
            title: 'Route',
            width: 'minmax(0, 1fr)',
            cell: ({ routeId }: DeliverySummary) => routes.get(routeId)?.name ?? routeId,
          },
        ]),
    {
      name: 'reason',
      title: 'Reason',
      width: 'minmax(0, 2fr)',
      cell: (item) => <Reason text={reasonOf(item, state)} shared={sentence} />,
    },
    { name: 'actions', title: '', width: '96px', cell: (item) => <RowActions delivery={item} state={state} /> },
  ]
}

function Reason({ text, shared }: { text: string; shared: string | undefined }) {
  if (text !== shared) return <span title={text}>{text}</span>
  return (
    <span className={styles.soft} title={text}>
      As above
    </span>
  )
}

/** A settled one says what became of it, an open one what went wrong. */
function reasonOf({ failure, note, replayedBy }: DeliverySummary, state: FailureListState): string {
  if (state === 'settled') return replayedBy === null ? (note ?? '') : `Replayed as delivery ${replayedBy}.`
  return failure?.sentence ?? note ?? ''
}

function titleOf({ record, title }: DeliverySummary): string {
  return nameOf({ entity: record.entity, recordId: record.id, title })
}

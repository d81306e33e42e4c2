import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { ordererOf, paceWords } from '#renderer/state/replay-words.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import { replayModeWords, replayWording } from '#renderer/state/wording.ts'
import type { Replay } from '#shared/domain/replay.ts'
import { useEffect } from 'react'
import type { ScreenProps } from '../frame/screen.tsx'
import { ReplayDetail } from './replay-detail.tsx'
import { ReplayProgress } from './replay-progress.tsx'
import styles from './replays-screen.module.css'

/** How often a list with a running replay is asked for anew (ms). */
const lookEveryMs = 2_000

const columns: readonly Column<Replay>[] = [
  { name: 'time', title: 'Ordered', width: '120px', cell: (replay) => <Time at={replay.createdAt} /> },
  {
    name: 'state',
    title: 'State',
    width: '110px',
    cell: (replay) => <StateBadge wording={replayWording[replay.state]} />,
  },
  { name: 'progress', title: 'Progress', width: '200px', cell: (replay) => <ReplayProgress replay={replay} /> },
  { name: 'who', title: 'By', width: '80px', cell: ordererOf },
  { name: 'mode', title: 'How', width: '132px', cell: (replay) => replayModeWords[replay.mode] },
  { name: 'rate', title: 'Pace', width: '222px', cell: paceWords },
  { name: 'note', title: 'Note', width: 'minmax(0, 1fr)', cell: (replay) => replay.note },
]

/** All replays, running ones with their progress; one of them opened beside the list. */
export function ReplaysScreen({ place }: ScreenProps) {
  const list = usePages<Replay>('replays', (call, after) => call.replays.list({ limit: 100, ...(after && { after }) }))
  const { reload } = list
  const isRunning = list.items.some((replay) => replay.state === 'running' || replay.open > 0)
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(reload, lookEveryMs)
    return () => clearInterval(timer)
  }, [isRunning, reload])
  const openId = /^\d+$/.test(place.path[0] ?? '') ? Number(place.path[0]) : null

  return (
    <Page title="Replays" lead="What was delivered again, by whom it was ordered, and what came of it." width="fill">
      {list.failed !== null && list.items.length === 0 && (
        <LoadFailure what="The replays" error={list.failed} again={reload} />
      )}
      {list.ended && list.items.length === 0 && (
        <EmptyState icon="replay" title="Nothing was replayed yet">
          Under <a href="#/failures">Failures</a> you choose what to deliver again, after its cause is mended. You see
          what would change before anything is sent.
        </EmptyState>
      )}
      {list.items.length > 0 && (
        <div className={styles.body}>
          <DataList
            label="Replays, newest first"
            columns={openId === null ? columns : columns.slice(0, 3)}
            items={list.items}
            idOf={(replay) => replay.id}
            openId={openId}
            onOpen={(replay) => goTo(addressOf('replays', [replay.id]))}
            onEnd={list.loadMore}
          />
          {openId !== null && <ReplayDetail key={openId} id={openId} onChanged={reload} />}
        </div>
      )}
    </Page>
  )
}

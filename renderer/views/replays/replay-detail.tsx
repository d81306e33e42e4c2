import { ActionIcon, Button } from '@mantine/core'
import { useEffect } from 'react'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { orderedWords, paceWords } from '#renderer/state/replay-words.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import { count, replayModeWords, replayResultWording, replayWording } from '#renderer/state/wording.ts'
import type { ReplayId } from '#shared/domain/ids.ts'
import { replayResult, type ReplayDetail as Detail, type ReplayItem } from '#shared/domain/replay.ts'
import { ReplayProgress } from './replay-progress.tsx'
import styles from './replays-screen.module.css'

const columns: readonly Column<ReplayItem>[] = [
  { name: 'system', title: 'From', width: '40px', cell: (item) => <SystemName system={item.record.system} short /> },
  { name: 'record', title: 'Record', width: 'minmax(0, 1fr)', cell: (item) => item.title ?? item.record.id },
  {
    name: 'result',
    title: 'Result',
    width: '130px',
    cell: (item) => <StateBadge wording={replayResultWording[item.result]} />,
  },
  {
    name: 'why',
    title: 'Why',
    width: 'minmax(0, 1.6fr)',
    cell: (item) => <span title={item.sentence ?? undefined}>{item.sentence}</span>,
  },
]

/** One replay: its progress, what can still be done about it, and what became of each delivery. */
export function ReplayDetail({ id, onChanged }: { id: number; onChanged: () => void }) {
  const replayId = id as ReplayId
  const detail = useAnswer(`replay ${id}`, (call) => call.replays.get({ id: replayId }))
  const items = usePages<ReplayItem>(`items of ${id}`, (call, after) =>
    call.replays.items({ id: replayId, limit: 100, ...(after && { after }) }),
  )
  const { reload: reloadDetail } = detail
  const { reload: reloadItems } = items
  const isMoving = detail.value !== null && (detail.value.state === 'running' || detail.value.open > 0)
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(() => {
      reloadDetail()
      reloadItems()
    }, 1_000)
    return () => clearInterval(timer)
  }, [isMoving, reloadDetail, reloadItems])

  if (detail.failed !== null && detail.value === null)
    return <LoadFailure what="The replay" error={detail.failed} again={detail.reload} />
  if (detail.value === null) return null
  const changed = () => {
    reloadDetail()
    onChanged()
  }
  return (
    <section className={styles.detail} aria-label={`Replay ${id}`}>
      <header className={styles.head}>
        <h2>Replay {id}</h2>
        <StateBadge wording={replayWording[detail.value.state]} />
        <span className={styles.soft}>{replayModeWords[detail.value.mode]}</span>
        <Actions replay={detail.value} onChanged={changed} />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Close the replay"
          onClick={() => goTo(addressOf('replays'))}
        >
          <Icon name="close" />
        </ActionIcon>
      </header>
      <p className={styles.soft}>
        {orderedWords(detail.value)} <Time at={detail.value.createdAt} />, {paceWords(detail.value)}
      </p>
      {detail.value.note !== '' && <p className={styles.soft}>{detail.value.note}</p>}
      <ReplayProgress replay={detail.value} />
      <div className={styles.results} role="status" aria-label="Results">
        {replayResult.options.map((result) => {
          const many = detail.value?.results[result] ?? 0
          return (
            many > 0 && (
              <span key={result}>
                <strong>{many.toLocaleString('en')}</strong> <StateBadge wording={replayResultWording[result]} />
              </span>
            )
          )
        })}
      </div>
      <DataList
        label={`Deliveries of replay ${id}`}
        columns={columns}
        items={items.items}
        idOf={(item) => item.id}
        onOpen={(item) => goTo(addressOf('live', [item.eventId]))}
        onEnd={items.loadMore}
      />
    </section>
  )
}

function Actions({ replay, onChanged }: { replay: Detail; onChanged: () => void }) {
  const [run, busy] = useAction()
  const order = (what: 'pause' | 'resume' | 'cancel') =>
    void run(`The replay could not be ${{ pause: 'paused', resume: 'resumed', cancel: 'cancelled' }[what]}.`, (call) =>
      call.replays[what]({ id: replay.id }),
    ).then(onChanged)
  const isOver = replay.state === 'finished' || replay.state === 'cancelled'
  const written = (replay.results.created ?? 0) + (replay.results.updated ?? 0)
  return (
    <div className={styles.actions}>
      {replay.state === 'running' && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => order('pause')}>
          Pause
        </Button>
      )}
      {replay.state === 'paused' && (
        <Button size="compact-sm" loading={busy} onClick={() => order('resume')}>
          Resume
        </Button>
      )}
      {!isOver && (
        <Confirm
          title="Cancel the replay"
          consequence={`What was sent stays as it is. ${count(replay.waiting + replay.open, 'delivery', 'deliveries')} will not be sent.`}
          confirm={{ label: 'Cancel the replay', color: 'red' }}
          onConfirm={() => order('cancel')}
          trigger={(open) => (
            <Button size="compact-sm" variant="default" onClick={open}>
              Cancel…
            </Button>
          )}
        />
      )}
      {isOver && replay.mode !== 'undo' && written > 0 && (
        <Confirm
          title="Take back what the replay wrote"
          consequence={`The values from before go back into ${count(written, 'record')}, where nobody has changed them since. Records that it created stay, and are named.`}
          confirm={{ label: `Take back ${count(written, 'write')}` }}
          onConfirm={() =>
            run(
              'The replay could not be taken back.',
              (call) => call.replays.undo({ replayId: replay.id, note: `Takes back replay ${replay.id}` }),
              (done) => ({
                sentence: 'It is being taken back.',
                link: { label: 'See how it goes', hash: addressOf('replays', [done.replayId]) },
              }),
            ).then(onChanged)
          }
          trigger={(open) => (
            <Button size="compact-sm" variant="default" leftSection={<Icon name="undo" size={13} />} onClick={open}>
              Undo…
            </Button>
          )}
        />
      )}
    </div>
  )
}

import { useVirtualizer } from '@tanstack/react-virtual'
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { LiveWindow } from '#renderer/state/live-window.ts'
import { LiveEmpty } from './live-empty.tsx'
import { headHeight, LiveHead, LiveRow, rowHeight } from './live-row.tsx'
import { NewPill } from './new-pill.tsx'
import { useLiveKeys } from './use-live-keys.ts'
import styles from './live-list.module.css'

/** How near the end of the rows, in rows, older ones are asked for. */
const reach = 30

/**
 * The live list, newest on top: the order of every other list, and the newest is where reading starts. It follows only
 * while it stands at its top and nothing is selected; otherwise nothing moves under the reader.
 */
export function LiveList({ openId }: { openId: number | null }) {
  const live = useConsole((state) => state.live)
  const { window, selectedId } = live
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: window.rows.length,
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => window.rows[index]?.id ?? index,
    overscan: 12,
    // The rows begin below the head, which stays in sight and covers what is scrolled under it.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  useStillRows(window, scroller)
  useTop(live.scrolledAway, scroller)
  useOlderRows(scroller)
  useSelectionInView(virtual)
  const onKeyDown = useLiveKeys(virtual, openId)

  if (live.failed !== null && window.rows.length === 0) {
    return <LoadFailure what="The events" error={live.failed} again={() => void live.reload()} />
  }
  if (window.rows.length === 0) return <div className={styles.frame}>{live.loading !== 'newest' && <LiveEmpty />}</div>
  return (
    <div className={styles.frame}>
      <NewPill />
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        tabIndex={0}
        aria-label="Events, newest first"
        aria-rowcount={window.older.kind === 'end' ? window.rows.length + 1 : -1}
        aria-activedescendant={selectedId === null ? undefined : `event-${selectedId}`}
        onKeyDown={onKeyDown}
        onScroll={(event) => live.scrolled(event.currentTarget.scrollTop > 5)}
      >
        <LiveHead />
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const event = window.rows[index]
            return (
              event && (
                <LiveRow
                  key={event.id}
                  event={event}
                  index={index}
                  top={start - headHeight}
                  selected={event.id === selectedId}
                />
              )
            )
          })}
        </div>
        <ListEnd />
      </div>
    </div>
  )
}

/** Rows dropped from the top take their height with them; what is being read stays where it is. */
function useStillRows(window: LiveWindow, scroller: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    if (window.droppedFromTop > 0) scroller.current?.scrollBy({ top: -window.droppedFromTop * rowHeight })
  }, [window, scroller])
}

/** Asked for the newest, the list goes to its top. */
function useTop(scrolledAway: boolean, scroller: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    if (!scrolledAway) scroller.current?.scrollTo({ top: 0 })
  }, [scrolledAway, scroller])
}

/** Asks for older rows near the end. Measured on the page itself: the virtual rows learn of a jump one frame later. */
function useOlderRows(scroller: RefObject<HTMLDivElement | null>): void {
  const { loading, failed, loadOlder } = useConsole((state) => state.live)
  useEffect(() => {
    const box = scroller.current
    if (box === null || loading !== 'none' || failed !== null) return
    const below = box.scrollHeight - box.scrollTop - box.clientHeight
    if (below < reach * rowHeight) void loadOlder()
  })
}

function useSelectionInView(virtual: Virtualizer<HTMLDivElement, Element>): void {
  const index = useConsole((state) => state.live.window.rows.findIndex((row) => row.id === state.live.selectedId))
  const selectedId = useConsole((state) => state.live.selectedId)
  const isThere = index >= 0
  const latest = useRef({ virtual, index })
  latest.current = { virtual, index }
  useEffect(() => {
    if (latest.current.index >= 0) latest.current.virtual.scrollToIndex(latest.current.index, { align: 'auto' })
  }, [selectedId, isThere])
}

function ListEnd() {
  const { window, loading, failed, loadOlder } = useConsole((state) => state.live)
  if (failed !== null) {
    return (
      <p className={styles.end}>
        Older events could not be loaded.{' '}
        <button type="button" onClick={() => void loadOlder()}>
          Try again
        </button>
      </p>
    )
  }
  if (loading === 'older') return <p className={styles.end}>Loading older events…</p>
  return window.older.kind === 'end' ? <p className={styles.end}>This is the oldest event that matches.</p> : null
}

import { useVirtualizer } from '@tanstack/react-virtual'
import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { LiveSlice } from '#renderer/state/live-slice.ts'
import type { LiveWindow } from '#renderer/state/live-window.ts'
import { isPicking, noPicks, pickLoaded, pickTo, togglePick } from '#renderer/state/picks.ts'
import type { EventId } from '#shared/domain/ids.ts'
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
    overscan: 12,
    // The rows begin below the head, which stays in sight and covers what is scrolled under it.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  useStillRows(window, scroller)
  useTop(live.scrolledAway, scroller)
  useOlderRows(scroller)
  useSelectionInView(virtual)
  useLiveKeys(virtual, scroller, openId)
  const onPick = usePicking()

  if (live.failed !== null && window.rows.length === 0) {
    return <LoadFailure what="The events" error={live.failed} again={() => void live.reload()} />
  }
  if (window.rows.length === 0)
    return <div className={styles.frame}>{live.loading === 'newest' ? <Looking /> : <LiveEmpty />}</div>
  // What has the focus may be out of sight, or not in this list at all.
  const isDrawn = virtual.getVirtualItems().some(({ index }) => window.rows[index]?.id === selectedId)
  return (
    <div className={styles.frame}>
      <NewPill />
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        tabIndex={0}
        aria-label="Events, newest first"
        aria-multiselectable
        aria-rowcount={window.older.kind === 'end' ? window.rows.length + 1 : -1}
        aria-activedescendant={isDrawn ? `event-${selectedId}` : undefined}
        onScroll={(event) => live.scrolled(event.currentTarget.scrollTop > 5)}
      >
        <LiveHead
          picked={pickedAll(live)}
          onPick={() => live.pick(pickedAll(live) === false ? pickLoaded(window.rows) : noPicks)}
        />
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const event = window.rows[index]
            return (
              event && (
                <LiveRow
                  // By place, not by event: under a rush all rows are new each time, and their elements are used again.
                  key={index}
                  event={event}
                  index={index}
                  top={start - headHeight}
                  selected={event.id === selectedId}
                  picked={live.picks.isAll || live.picks.ids.has(event.id)}
                  onPick={onPick}
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
  const { loading, failed, loadOlder, scrolledAway, window } = useConsole((state) => state.live)
  useEffect(() => {
    // At the top of many rows the end is far; to measure it anew with each push would cost a layout each time.
    if (!scrolledAway && window.rows.length >= 10 * reach) return
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

/** Picks rows by pointer; the same function all along, so that rows need not be drawn anew. */
function usePicking() {
  const live = useConsole((state) => state.live)
  const latest = useRef(live)
  latest.current = live
  return useCallback((id: EventId, isRange: boolean) => {
    const { picks, pick, selectedId, window } = latest.current
    if (isRange) pick(pickTo({ ...picks, anchor: picks.anchor ?? selectedId }, id, window.rows))
    else pick(togglePick(picks, id, window.rows))
  }, [])
}

/** Whether all that is loaded is picked; null: some of it. */
function pickedAll({ picks, window }: LiveSlice): boolean | null {
  if (!isPicking(picks)) return false
  return picks.isAll || window.rows.every((row) => picks.ids.has(row.id)) ? true : null
}

/** Stands in while the host looks for the first rows. */
function Looking() {
  return (
    <p className={styles.end} role="status">
      Looking for events…
    </p>
  )
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

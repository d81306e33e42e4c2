import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { usePages } from '#renderer/state/use-pages.ts'
import type { TimelineEntry } from '#shared/domain/known-record.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { TimelineItem } from './timeline-item.tsx'
import styles from './record-timeline.module.css'

/** How near the end of the entries, in entries, older ones are asked for. */
const reach = 10

/** What happened to the pair in both systems and what Patchbay did, newest first. `changes` grows when something new happened. */
export function RecordTimeline({ record, changes }: { record: RecordRef; changes: number }) {
  const { items, failed, ended, loadMore, reload } = usePages<TimelineEntry>(
    `timeline ${record.system} ${record.entity} ${record.id}`,
    (call, after) => call.records.timeline({ ...record, limit: 50, ...(after && { after }) }),
  )
  useEffect(() => {
    if (changes > 0) reload()
  }, [changes, reload])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    estimateSize: () => 84,
    getItemKey: (index) => items[index]?.id ?? index,
    getScrollElement: () => scroller.current,
    overscan: 6,
  })
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? -1
  useEffect(() => {
    if (items.length > 0 && last >= items.length - reach) loadMore()
  }, [last, items.length, loadMore])

  return (
    <section className={styles.frame} aria-label="What happened">
      <h2 className={styles.heading}>What happened</h2>
      {failed !== null && items.length === 0 && <LoadFailure what="The timeline" error={failed} again={reload} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="group" aria-label="Timeline, newest first">
        <ol className={styles.list} style={{ height: virtual.getTotalSize() }}>
          {drawn.map(({ index, key, start }) => {
            const entry = items[index]
            return (
              entry && (
                <li
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={styles.item}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <TimelineItem entry={entry} />
                </li>
              )
            )
          })}
        </ol>
        {ended && items.length === 0 && <p className={styles.foot}>Nothing is kept of what happened to it.</p>}
        {ended && items.length > 0 && <p className={styles.foot}>That is where its story begins.</p>}
      </div>
    </section>
  )
}

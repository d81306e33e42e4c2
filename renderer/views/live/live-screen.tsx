import { useEffect } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { filterLive } from '#renderer/state/live-place.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { EventPanel } from '../event/event-panel.tsx'
import { FilterInput } from './filter-input.tsx'
import { FollowChip } from './follow-chip.tsx'
import { HeatStrip } from './heat-strip.tsx'
import { LiveList } from './live-list.tsx'
import { PicksBar } from './picks-bar.tsx'
import { RejectionList } from './rejection-list.tsx'
import { ViewsMenu } from './views-menu.tsx'
import styles from './live-screen.module.css'

/** The live list by the filter of the address, with the open event beside it, and the rejections. */
export function LiveScreen({ place }: ScreenProps) {
  const [part] = place.path
  const eventId = /^\d+$/.test(part ?? '') ? (Number(part) as EventId) : null
  const tab = part === 'rejections' ? 'rejections' : 'events'
  const wanted = place.query['filter']?.trim() ?? ''
  // Not the whole slice: that changes with each push, and what stands around the list need not be drawn for it.
  const filter = useConsole((state) => state.live.filter)
  const filterBy = useConsole((state) => state.live.filterBy)
  const select = useConsole((state) => state.live.select)
  const open = useConsole((state) => state.event.open)
  useEffect(() => {
    if (filter.text !== wanted) void filterBy(wanted)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the address leads, the list follows
  }, [wanted, filterBy])
  useEffect(() => {
    select(eventId)
    void open(eventId)
  }, [eventId, select, open])
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Live</h1>
      <div className={styles.bar}>
        <nav className={styles.tabs} aria-label="Lists">
          <a href={addressOf('live', [], place.query)} aria-current={tab === 'events' && 'page'}>
            Events
          </a>
          <a href={addressOf('live', ['rejections'], place.query)} aria-current={tab === 'rejections' && 'page'}>
            Rejections
          </a>
        </nav>
        {tab === 'events' && (
          <>
            <ViewsMenu filter={wanted} canSave={wanted !== '' && filter.problems.length === 0} />
            <FilterInput value={wanted} onChange={filterLive} />
            <FollowChip />
          </>
        )}
      </div>
      {tab === 'events' && <HeatStrip />}
      <div className={styles.body}>
        <div className={styles.list}>
          {tab === 'rejections' ? (
            <RejectionList />
          ) : (
            <>
              <LiveList openId={eventId} />
              <PicksBar />
            </>
          )}
        </div>
        {eventId !== null && <EventPanel />}
      </div>
    </div>
  )
}

import { useEffect } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Place } from '#renderer/state/place.ts'
import { EventPanel } from '../event/event-panel.tsx'
import { LiveFilters } from './live-filters.tsx'
import { LiveList } from './live-list.tsx'
import { RejectionList } from './rejection-list.tsx'
import styles from './live-screen.module.css'

/** The live list with the open event beside it, and the rejections. */
export function LiveScreen({ place }: { place: Extract<Place, { screen: 'live' }> }) {
  const select = useConsole((state) => state.live.select)
  const open = useConsole((state) => state.event.open)
  useEffect(() => {
    select(place.eventId)
    void open(place.eventId)
  }, [place.eventId, select, open])
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Live</h1>
      <div className={styles.bar}>
        <nav className={styles.tabs} aria-label="Lists">
          <a href="#/live" aria-current={place.tab === 'events' && 'page'}>
            Events
          </a>
          <a href="#/live/rejections" aria-current={place.tab === 'rejections' && 'page'}>
            Rejections
          </a>
        </nav>
        {place.tab === 'events' && <LiveFilters />}
      </div>
      <div className={styles.body}>
        <div className={styles.list}>
          {place.tab === 'events' ? <LiveList openId={place.eventId} /> : <RejectionList />}
        </div>
        {place.eventId !== null && <EventPanel />}
      </div>
    </div>
  )
}

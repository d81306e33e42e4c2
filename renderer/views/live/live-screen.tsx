import { useEffect } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { EventPanel } from '../event/event-panel.tsx'
import { LiveFilters } from './live-filters.tsx'
import { LiveList } from './live-list.tsx'
import { RejectionList } from './rejection-list.tsx'
import styles from './live-screen.module.css'

/** The live list with the open event beside it, and the rejections. */
export function LiveScreen({ place }: ScreenProps) {
  const [part] = place.path
  const eventId = /^\d+$/.test(part ?? '') ? Number(part) : null
  const tab = part === 'rejections' ? 'rejections' : 'events'
  const select = useConsole((state) => state.live.select)
  const open = useConsole((state) => state.event.open)
  useEffect(() => {
    select(eventId)
    void open(eventId)
  }, [eventId, select, open])
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Live</h1>
      <div className={styles.bar}>
        <nav className={styles.tabs} aria-label="Lists">
          <a href="#/live" aria-current={tab === 'events' && 'page'}>
            Events
          </a>
          <a href="#/live/rejections" aria-current={tab === 'rejections' && 'page'}>
            Rejections
          </a>
        </nav>
        {tab === 'events' && <LiveFilters />}
      </div>
      <div className={styles.body}>
        <div className={styles.list}>{tab === 'events' ? <LiveList openId={eventId} /> : <RejectionList />}</div>
        {eventId !== null && <EventPanel />}
      </div>
    </div>
  )
}

import { memo } from 'react'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { showDuration, showTime } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { addressOf, placeOf } from '#renderer/state/place.ts'
import { actionWords, eventBadge } from '#renderer/state/wording.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import styles from './live-row.module.css'

/** Pixels; the style sheet says the same. */
export const rowHeight = 34
export const headHeight = 30

const columns = [
  ['time', 'Time'],
  ['system', 'From'],
  ['record', 'Record'],
  ['action', 'What'],
  ['state', 'State'],
  ['note', 'What became of it'],
  ['again', 'Again'],
  ['lag', 'Took'],
] as const

/** The names of the columns. */
export function LiveHead() {
  return (
    <div className={styles.head} role="row" aria-rowindex={1}>
      {columns.map(([name, label]) => (
        <span key={name} role="columnheader" data-column={name}>
          {label}
        </span>
      ))}
    </div>
  )
}

interface Props {
  readonly event: EventSummary
  readonly index: number
  /** Pixels from the top of the list. */
  readonly top: number
  readonly selected: boolean
}

/** One event. A click opens it; the keyboard goes through the list as a whole. */
export const LiveRow = memo(function LiveRow({ event, index, top, selected }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it has the keys
    <div
      id={`event-${event.id}`}
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => goTo(addressOf('live', [event.id], placeOf(window.location.hash).query))}
    >
      <span role="gridcell" data-column="time">
        <Time at={event.receivedAt} />
      </span>
      <span role="gridcell" data-column="system">
        <SystemName system={event.system} />
      </span>
      <span role="gridcell" data-column="record" title={`${event.entity} ${event.recordId}`}>
        <span className={styles.entity}>{event.entity}</span> {event.title ?? event.recordId}
        {event.title !== null && <span className={styles.id}>{event.recordId}</span>}
      </span>
      <span role="gridcell" data-column="action">
        {actionWords[event.action]}
      </span>
      <span role="gridcell" data-column="state">
        <StateBadge wording={eventBadge(event)} />
      </span>
      <span role="gridcell" data-column="note" title={event.note ?? undefined}>
        {event.note}
      </span>
      <span role="gridcell" data-column="again">
        {event.duplicates > 0 && (
          <span title={`Came in ${event.duplicates} more times; recognised, delivered once`}>
            ×{event.duplicates + 1}
          </span>
        )}
      </span>
      <span role="gridcell" data-column="lag">
        {event.endedAt !== null && (
          <span title={`Ended ${showTime.both(event.endedAt)}`}>{showDuration(event.endedAt - event.receivedAt)}</span>
        )}
      </span>
    </div>
  )
})

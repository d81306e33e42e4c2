import { memo } from 'react'
import { PickBox } from '#renderer/parts/pick-box.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { showDuration, showTime } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { goTo } from '#renderer/state/console-context.ts'
import { eventAddress } from '#renderer/state/live-place.ts'
import { actionWords, eventBadge } from '#renderer/state/wording.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
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

/** The names of the columns, and a box for all rows that are loaded. */
export function LiveHead({ picked, onPick }: { picked: boolean | null; onPick: () => void }) {
  return (
    <div className={styles.head} role="row" aria-rowindex={1}>
      <span role="columnheader" data-column="pick">
        <PickBox label="Select all that are loaded" checked={picked} onChange={onPick} />
      </span>
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
  /** The keyboard stands on it. */
  readonly selected: boolean
  readonly picked: boolean
  /** Picks it or lets it go; with `isRange`, all up to it. */
  readonly onPick: (id: EventId, isRange: boolean) => void
}

/** One event. A click opens it, with Ctrl or Shift it picks; the keyboard goes through the list as a whole. */
export const LiveRow = memo(function LiveRow({ event, index, top, selected, picked, onPick }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it has the keys
    <div
      id={`event-${event.id}`}
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected || picked}
      data-picked={picked}
      data-at={selected}
      style={{ transform: `translateY(${top}px)` }}
      onMouseDown={(press) => {
        // Shift would mark the text between.
        if (press.shiftKey) press.preventDefault()
      }}
      onClick={(click) => {
        if (click.shiftKey || click.ctrlKey || click.metaKey) onPick(event.id, click.shiftKey)
        else goTo(eventAddress(event.id))
      }}
    >
      <span role="gridcell" data-column="pick">
        <PickBox
          label={`Select ${event.title ?? `${event.entity} ${event.recordId}`}`}
          checked={picked}
          onChange={(isRange) => onPick(event.id, isRange)}
        />
      </span>
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

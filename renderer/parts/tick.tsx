import styles from './tick.module.css'

/** How much of something is ticked. */
export type TickState = 'none' | 'some' | 'all'

interface Props {
  /** What is ticked, for screen readers. */
  readonly label: string
  readonly state: TickState
  /** `isRange`: Shift was held, so that everything up to the last tick is meant. */
  readonly onTick: (isRange: boolean) => void
}

/** A small box to tick; half ticked when only a part is. */
export function Tick({ label, state, onTick }: Props) {
  return (
    <input
      type="checkbox"
      className={styles.tick}
      aria-label={label}
      checked={state === 'all'}
      ref={(box) => {
        if (box !== null) box.indeterminate = state === 'some'
      }}
      // The change itself does not tell whether Shift was held.
      onChange={() => undefined}
      onClick={(event) => {
        event.stopPropagation()
        onTick(event.shiftKey)
      }}
    />
  )
}

import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './new-pill.module.css'

/** How many events came in while the list stood still; a click shows them. */
export function NewPill() {
  const { held, overflowed } = useConsole((state) => state.live.window)
  const showNewest = useConsole((state) => state.live.showNewest)
  if (held.length === 0) return null
  return (
    <button type="button" className={styles.pill} onClick={() => void showNewest()}>
      <Icon name="up" size={13} />
      {held.length.toLocaleString('en')}
      {overflowed && '+'} new
    </button>
  )
}

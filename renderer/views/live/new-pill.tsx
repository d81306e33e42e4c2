import type { RefObject } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './new-pill.module.css'

/** How many events came in while the list stood still; a click shows them. */
export function NewPill({ scroller }: { scroller: RefObject<HTMLDivElement | null> }) {
  const { held, overflowed } = useConsole((state) => state.live.window)
  const showNewest = useConsole((state) => state.live.showNewest)
  if (held.length === 0) return null
  const show = () => {
    scroller.current?.scrollTo({ top: 0 })
    void showNewest()
  }
  return (
    <button type="button" className={styles.pill} onClick={show}>
      <Icon name="up" size={13} />
      {held.length.toLocaleString('en')}
      {overflowed && '+'} new
    </button>
  )
}

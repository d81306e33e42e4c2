import { Loader } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './frame.module.css'

/** Stands in while a screen or the first word of the relay is on its way. */
export function Waiting() {
  const link = useConsole((state) => state.relay.link)
  return (
    <div className={styles.waiting} role="status">
      <Loader size="sm" />
      {link === 'open' ? 'Loading…' : 'Connecting to the relay…'}
    </div>
  )
}

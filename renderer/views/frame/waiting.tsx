import { Loader } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './frame.module.css'

/** Stands in while a screen or the first word of the relay is on its way; says why when it will not come. */
export function Waiting() {
  const link = useConsole((state) => state.relay.link)
  const refusal = useConsole((state) => state.relay.refusal)
  if (refusal !== null) {
    return (
      <div role="alert">
        <EmptyState icon="key" title="This page is not let in">
          <p>{refusal}</p>
        </EmptyState>
      </div>
    )
  }
  return (
    <div className={styles.waiting} role="status">
      <Loader size="sm" />
      {link === 'open' ? 'Loading…' : 'Connecting to the relay…'}
    </div>
  )
}

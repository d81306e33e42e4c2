import { Loader } from '@mantine/core'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './link-banner.module.css'

/** Says that the relay can't be heard. The client reconnects by itself. */
export function LinkBanner() {
  const lostAt = useConsole((state) => state.relay.lostAt)
  if (lostAt === null) return null
  return (
    <div className={styles.banner} role="alert" data-tone="bad">
      <Loader size={14} color="currentColor" />
      <span>
        The relay has not been heard since <Time at={lostAt} />. What you see may be old. Connecting again by itself…
      </span>
    </div>
  )
}

import { Loader } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import styles from './link-banner.module.css'

/** Says that the relay can't be heard, since when, and what that means. The client reconnects by itself. */
export function LinkBanner() {
  const { lostAt, refusal, health } = useConsole((state) => state.relay)
  // A page that was never let in shows the reason in place of a screen.
  if (lostAt === null || (refusal !== null && health === null)) return null
  return (
    <div className={styles.banner} role="alert" data-tone="bad">
      {refusal === null ? <Loader size={14} color="currentColor" /> : <Icon name="key" size={14} />}
      <span>
        The relay has not been heard since <Time at={lostAt} />. What you see may be old; nothing that it accepted is
        lost. {refusal ?? 'Connecting again by itself…'}
      </span>
    </div>
  )
}

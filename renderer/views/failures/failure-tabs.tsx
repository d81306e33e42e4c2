import { useConsole } from '#renderer/state/console-context.ts'
import { failureTabOf, type FailureView } from '#renderer/state/failure-place.ts'
import { addressOf } from '#renderer/state/place.ts'
import { resolvedOf } from '#renderer/state/use-failures.ts'
import type { FailureGroup } from '#shared/domain/failure-group.ts'
import styles from './failure-tabs.module.css'

/** Open, resolved and discarded; the open ones with the number that needs a person. */
export function FailureTabs({ view, groups }: { view: FailureView; groups: readonly FailureGroup[] }) {
  const tab = failureTabOf(view)
  const queue = useConsole((state) => state.relay.health?.queue)
  const open = queue === undefined ? 0 : queue.dead + queue.parked
  const tabs = [
    { tab: 'open', label: 'Open', count: open, hash: addressOf('failures') },
    { tab: 'resolved', label: 'Resolved', count: resolvedOf(groups).length, hash: addressOf('failures', ['resolved']) },
    { tab: 'discarded', label: 'Discarded', count: 0, hash: addressOf('failures', ['discarded']) },
  ]
  return (
    <nav className={styles.tabs} aria-label="Failures">
      {tabs.map((one) => (
        <a key={one.tab} className={styles.tab} href={one.hash} aria-current={one.tab === tab && 'page'}>
          {one.label}
          {one.count > 0 && <span className={styles.count}>{one.count.toLocaleString('en')}</span>}
        </a>
      ))}
    </nav>
  )
}

import { Section } from '#renderer/parts/page.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { keyText } from '#renderer/state/failure-place.ts'
import { useSlowClock } from '#renderer/state/use-failures.ts'
import type { FailureGroup } from '#shared/domain/failure-group.ts'
import type { Route } from '#shared/domain/route.ts'
import styles from './resolved-lately.module.css'

/** For so long what was resolved stays in sight below what is open (ms). */
const latelyMs = 24 * 3_600_000
/** Causes that are shown. */
const most = 5

/** What was settled in the last day, so that nobody wonders where it went. */
export function ResolvedLately({
  groups,
  routes,
}: {
  groups: readonly FailureGroup[]
  routes: ReadonlyMap<string, Route>
}) {
  const now = useSlowClock()
  const lately = groups.filter(({ settledAt }) => settledAt !== null && now - settledAt < latelyMs)
  if (lately.length === 0) return null
  return (
    <Section title="Resolved lately" lead="They open again by themselves when the same happens again.">
      <ul className={styles.list}>
        {lately.slice(0, most).map((group) => (
          <li key={keyText(group)} className={styles.row}>
            <span className={styles.mark} data-tone="good">
              <Icon name="good" size={13} />
            </span>
            <span className={styles.sentence} title={group.sentence}>
              {group.sentence}
            </span>
            <span className={styles.soft}>{routes.get(group.routeId)?.name ?? group.routeId}</span>
            <span className={styles.soft}>{group.settledAt !== null && <Time at={group.settledAt} />}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

import { useConsole } from '#renderer/state/console-context.ts'
import { count } from '#renderer/state/wording.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { ReplayPlan } from '#shared/domain/replay.ts'
import { useEffect } from 'react'
import styles from './plan-view.module.css'

/** What a replay would take: how many of what, the API calls against what is left of them, and what can't take part. */
export function PlanView({ plan }: { plan: ReplayPlan }) {
  const { routes, loaded, reload } = useConsole((state) => state.connections)
  useEffect(() => {
    if (!loaded) void reload()
  }, [loaded, reload])
  const routeName = (id: string) => routes.find((route) => route.id === id)?.name ?? id
  return (
    <div className={styles.plan}>
      {plan.groups.length > 0 && (
        <table className={styles.table}>
          <caption className="visually-hidden">What would be delivered again</caption>
          <tbody>
            {plan.groups.map((group) => (
              <tr key={`${group.routeId} ${group.system} ${group.entity} ${group.state}`}>
                <td className={styles.number}>{group.count.toLocaleString('en')}</td>
                <td>
                  {systemTitle[group.system]} {group.entity}
                </td>
                <td>{routeName(group.routeId)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {plan.calls.map((cost) => (
        <p key={cost.connectionId} className={styles.cost} data-tone={isTooMuch(cost) ? 'bad' : 'quiet'}>
          About {count(cost.calls, 'API call')} to {cost.name}
          {cost.left !== null && `, of ${cost.left.toLocaleString('en')} that are left`}
          {isTooMuch(cost) && '. That is more than there are: it will wait for the next window.'}
        </p>
      ))}
      {plan.refused.map((refused) => (
        <p key={refused.reason} className={styles.cost} data-tone="wait">
          {count(refused.count, 'is left out', 'are left out')}: {refused.reason}
        </p>
      ))}
      {plan.total === 0 && plan.refused.length === 0 && <p className={styles.cost}>There is nothing to replay.</p>}
    </div>
  )
}

function isTooMuch({ calls, left }: ReplayPlan['calls'][number]): boolean {
  return left !== null && calls > left
}

import { Section } from '#renderer/parts/page.tsx'
import { budgetStand, budgetWords } from '#renderer/state/overview-words.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { ApiBudget } from '#shared/domain/overview.ts'
import bar from './budget-bar.module.css'
import styles from './side-list.module.css'

/** What of each system's API calls is used. */
export function BudgetList({ budgets }: { budgets: readonly ApiBudget[] }) {
  return (
    <Section title="API calls" lead="What of 24 hours’ calls is used.">
      <ul className={styles.list}>
        {budgets.map((budget) => (
          <Budget key={budget.connectionId} budget={budget} />
        ))}
      </ul>
    </Section>
  )
}

function Budget({ budget }: { budget: ApiBudget }) {
  const { percent, tone } = budgetStand(budget)
  const used = budget.used.toLocaleString('en')
  return (
    <li className={styles.item} data-tone={tone}>
      <div className={styles.line}>
        <a className={styles.name} href={addressOf('connections', [], { filter: budget.connectionId })}>
          {budget.name}
        </a>
        <span className={styles.value}>
          {budget.limit === null ? `${used} calls` : `${used} of ${budget.limit.toLocaleString('en')}`}
        </span>
        {percent !== null && (
          <b className={bar.percent}>{percent > 0 && percent < 1 ? '< 1' : Math.round(percent)} %</b>
        )}
      </div>
      {percent !== null && (
        <div
          className={bar.bar}
          role="meter"
          aria-label={`API calls to ${budget.name}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.min(100, Math.round(percent))}
        >
          <span className={bar.used} style={{ width: `${Math.min(100, percent)}%` }} />
        </div>
      )}
      <p className={styles.note}>
        {budget.limit === null && (
          <>
            No limit is known; <a href={addressOf('connections', [], { filter: budget.connectionId })}>set one</a> to be
            warned in time.{' '}
          </>
        )}
        {budgetWords(budget)}
      </p>
    </li>
  )
}

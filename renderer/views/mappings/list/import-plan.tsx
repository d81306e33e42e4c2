import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import type { Wording } from '#renderer/state/wording.ts'
import type { ImportItem, ImportReceipt } from '#shared/domain/configuration-import.ts'
import { Changes, DifferenceView } from '../versions/difference-view.tsx'
import styles from './import.module.css'

const wording: Record<ImportItem['what'], Wording> = {
  add: { label: 'New', tone: 'good', meaning: 'It is not here yet and will be added.' },
  change: { label: 'Changes', tone: 'busy', meaning: 'The file says something else than what is here.' },
  same: { label: 'Same', tone: 'quiet', meaning: 'The file says what is here already.' },
  'only-here': { label: 'Only here', tone: 'quiet', meaning: 'The file does not have it; it stays as it is.' },
}

const kinds = { mapping: 'Mapping', route: 'Route' } as const

/** What a file would change, one mapping or route after the other; what it would change in them opens on request. */
export function ImportPlan({ plan }: { plan: ImportReceipt }) {
  return (
    <div className={styles.plan}>
      {plan.problems.length > 0 && (
        <ul className={styles.problems} data-tone="bad" aria-label="Why the file can’t be imported">
          {plan.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {plan.items.map((item) => {
        const title = (
          <>
            <StateBadge wording={wording[item.what]} />
            {kinds[item.kind]} <strong>{item.name}</strong>
          </>
        )
        const opens = item.difference !== null || item.changes.length > 0
        return opens ? (
          <Disclosure key={`${item.kind} ${item.id}`} title={title}>
            {() =>
              item.difference === null ? (
                <Changes changes={item.changes} />
              ) : (
                <DifferenceView difference={item.difference} />
              )
            }
          </Disclosure>
        ) : (
          <p key={`${item.kind} ${item.id}`} className={styles.item}>
            {title}
          </p>
        )
      })}
    </div>
  )
}

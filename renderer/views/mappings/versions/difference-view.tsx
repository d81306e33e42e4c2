import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { changeLines, differenceSum } from '#renderer/state/mappings/difference-words.ts'
import type { MappingDifference, PropertyChange } from '#shared/domain/mapping-draft.ts'
import type { Wording } from '#renderer/state/wording.ts'
import styles from './difference-view.module.css'

const kindWording: Record<'added' | 'removed' | 'changed', Wording> = {
  added: { label: 'Added', tone: 'good', meaning: 'The newer one has this row, the older one does not.' },
  removed: { label: 'Removed', tone: 'bad', meaning: 'The older one has this row, the newer one does not.' },
  changed: { label: 'Changed', tone: 'busy', meaning: 'Both have this row, with other rules.' },
}

/** How two documents of a mapping differ, row by row, in words. */
export function DifferenceView({ difference }: { difference: MappingDifference }) {
  return (
    <div className={styles.view} role="group" aria-label="Differences">
      <p className={styles.sum}>{differenceSum(difference)}</p>
      {difference.settings.length > 0 && <Changes changes={difference.settings} />}
      {difference.rows.map((row) => (
        <section key={`${row.kind} ${row.salesforce} ${row.connectwise}`} className={styles.row}>
          <h3>
            <StateBadge wording={kindWording[row.kind]} />
            {row.salesforce} <span aria-hidden>↔</span> {row.connectwise}
          </h3>
          <Changes changes={row.changes} />
        </section>
      ))}
    </div>
  )
}

/** Settings that differ, a line each. */
export function Changes({ changes }: { changes: readonly PropertyChange[] }) {
  const lines = changes.flatMap(changeLines)
  if (lines.length === 0) return null
  return (
    <ul className={styles.lines}>
      {lines.map(({ what, before, after }) => (
        <li key={`${what} ${before} ${after}`}>
          <span className={styles.what}>{what}</span>
          <span>
            {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
          </span>
        </li>
      ))}
    </ul>
  )
}

import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { severityWording } from '#renderer/state/mappings/mapping-words.ts'
import { count } from '#renderer/state/wording.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import styles from './warnings-panel.module.css'

/** All that is to be looked at in the mapping, in both directions; a click goes to the row. */
export function WarningsPanel({ remarks }: { remarks: readonly string[] }) {
  const { select, warnings } = useEditor()
  const [open, setOpen] = useState(false)
  const counts = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, many: warnings.filter((one) => one.severity === severity).length }))
    .filter(({ many }) => many > 0)
  const sorted = [...warnings].sort((one, other) => rank[one.severity] - rank[other.severity])
  return (
    <section className={styles.panel} aria-label="To look at">
      <button type="button" className={styles.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.chevron} data-open={open}>
          <Icon name="open" size={12} />
        </span>
        To look at
        {counts.map(({ severity, many }) => (
          <span key={severity} className={styles.count} data-tone={severityWording[severity].tone}>
            {count(many, severity)}
          </span>
        ))}
        {counts.length === 0 && remarks.length === 0 && <span className={styles.soft}>nothing: all rows fit</span>}
        {remarks.length > 0 && <span className={styles.soft}>{count(remarks.length, 'remark')}</span>}
      </button>
      {open && (
        <ul className={styles.list}>
          {sorted.map((one) => (
            <li key={`${one.row} ${one.to} ${one.code} ${one.sentence}`}>
              <button
                type="button"
                className={styles.line}
                data-tone={severityWording[one.severity].tone}
                disabled={one.row === null}
                onClick={() => select(one.row, one.to)}
              >
                <span className={styles.severity}>{severityWording[one.severity].label}</span>
                <span>
                  {one.sentence} {one.fix}
                </span>
                <span className={styles.soft}>to {systemTitle[one.to]}</span>
              </button>
            </li>
          ))}
          {remarks.map((remark) => (
            <li key={remark} className={styles.remark}>
              {remark}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const rank = { error: 0, warning: 1, note: 2 } as const

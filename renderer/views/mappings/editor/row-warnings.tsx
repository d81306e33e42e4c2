import { Icon } from '#renderer/parts/icon.tsx'
import { severityWording } from '#renderer/state/mappings/mapping-words.ts'
import { useEditor } from './editor-context.ts'
import styles from './row-warnings.module.css'

/** What is to be looked at in one row, and what to do about it. */
export function RowWarnings({ at }: { at: number }) {
  const { to, warnings } = useEditor()
  const mine = warnings.filter((one) => one.row === at && one.to === to)
  if (mine.length === 0) return null
  return (
    <ul className={styles.list} aria-label="To look at in this row">
      {mine.map((one) => (
        <li key={`${one.code} ${one.sentence}`} data-tone={severityWording[one.severity].tone}>
          <Icon
            name={one.severity === 'error' ? 'failures' : one.severity === 'warning' ? 'wait' : 'quiet'}
            size={13}
          />
          <span>
            <span className="visually-hidden">{severityWording[one.severity].label}: </span>
            {one.sentence} {one.fix !== null && <span className={styles.fix}>{one.fix}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

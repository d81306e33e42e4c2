import { Icon } from '#renderer/parts/icon.tsx'
import { isIncomplete } from '#renderer/state/mappings/draft-document.ts'
import { directionWords, fieldWords, ruleNotes, ruleSummary } from '#renderer/state/mappings/mapping-words.ts'
import { count } from '#renderer/state/wording.ts'
import { directionTo, type MappingField } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import styles from './row-head.module.css'

/** A row in short: what is read, what is written, how, and whether something is to be looked at. */
export function RowHead({ row, at }: { row: MappingField; at: number }) {
  const { from, select, selected, to } = useEditor()
  const isThisWay = row.direction === 'both' || row.direction === directionTo(to)
  return (
    <button
      type="button"
      className={styles.head}
      data-row-head={at}
      data-this-way={isThisWay}
      aria-expanded={selected === at}
      onClick={() => select(selected === at ? null : at)}
    >
      <FieldName system={from} name={row[from]} />
      <span className={styles.arrow} title={directionWords[row.direction]}>
        {row.direction === 'both' ? '⇄' : isThisWay ? '→' : '←'}
        <span className="visually-hidden">{directionWords[row.direction]}</span>
      </span>
      <FieldName system={to} name={row[to]} isWritten={isThisWay} />
      <span className={styles.how} title={[ruleSummary(row, to), ...ruleNotes(row, to)].join(' · ')}>
        {isThisWay ? (
          <>
            <span>{ruleSummary(row, to)}</span>
            <span className={styles.soft}>{ruleNotes(row, to).join(' · ')}</span>
          </>
        ) : (
          <span className={styles.soft}>{directionWords[row.direction]} only</span>
        )}
      </span>
      <Marks row={row} at={at} />
    </button>
  )
}

function FieldName({ system, name, isWritten = false }: { system: SystemName; name: string; isWritten?: boolean }) {
  const { fields } = useEditor()
  if (name === '') return <span className={styles.missing}>choose a field</span>
  const field = fields[system].find((one) => one.name === name)
  return (
    <span className={styles.field} title={field === undefined ? name : `${name}: ${fieldWords(field)}`}>
      <span className={styles.label}>
        {field?.label ?? name}
        {isWritten && field?.required === true && (
          <span className={styles.required} title="Required for a new record">
            {' '}
            *<span className="visually-hidden"> required</span>
          </span>
        )}
      </span>
      <span className={styles.soft}>
        {name}
        {field !== undefined && isWritten && ` · ${fieldWords(field)}`}
      </span>
    </span>
  )
}

function Marks({ row, at }: { row: MappingField; at: number }) {
  const { to, warnings, results } = useEditor()
  const mine = warnings.filter((one) => one.row === at && one.to === to && one.severity !== 'note')
  const failure = results.get(at)?.failure ?? null
  const hasError = isIncomplete(row) || mine.some(({ severity }) => severity === 'error')
  const fails = failure !== null && failure.class !== 'dependency'
  if (!hasError && !fails && mine.length === 0) return <span />
  const words = [...(fails ? [failure.sentence] : []), ...mine.map(({ sentence }) => sentence)]
  return (
    <span className={styles.mark} data-tone={hasError || fails ? 'bad' : 'wait'} title={words.join('\n')}>
      <Icon name={hasError || fails ? 'failures' : 'wait'} size={12} />
      {words.length > 0 && words.length}
      <span className="visually-hidden">{count(words.length, 'thing')} to look at</span>
    </span>
  )
}

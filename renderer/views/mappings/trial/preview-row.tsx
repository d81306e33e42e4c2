import { valueText } from '#renderer/state/field-rows.ts'
import { ruleWords } from '#renderer/state/mappings/mapping-words.ts'
import type { RowResult } from '#shared/domain/mapping-draft.ts'
import { useEditor } from '../editor/editor-context.ts'
import styles from './preview-panel.module.css'

/** One row of the preview: what was read, what would be written, and why it is so. */
export function PreviewRow({ result }: { result: RowResult }) {
  const { select, selected, fields, to } = useEditor()
  const label = fields[to].find(({ name }) => name === result.field)?.label ?? result.field
  const tone = toneOf(result)
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-tone={tone}
        aria-current={selected === result.row}
        title={result.rules.map((rule) => ruleWords[rule]).join(', then ')}
        onClick={() => select(result.row)}
      >
        <span className={styles.field}>{label}</span>
        <span className={styles.source} data-absent={result.sourceValue === undefined}>
          {result.sourceValue === undefined ? 'not in this event' : valueText(result.sourceValue)}
        </span>
        <span className={styles.arrow} aria-hidden>
          →
        </span>
        <span className={styles.result} data-outcome={tone === 'wait' ? 'waits' : result.outcome}>
          {resultText(result)}
        </span>
        {result.failure !== null && tone === 'bad' && <span className={styles.why}>{result.failure.sentence}</span>}
        {tone === 'wait' && result.failure !== null && (
          <span className={styles.soft}>Its record is not linked yet; a delivery looks for it.</span>
        )}
        {result.warning !== null && <span className={styles.soft}>{result.warning}</span>}
      </button>
    </li>
  )
}

/** To wait for another record is no fault of the mapping. */
function toneOf({ failure, warning }: RowResult): 'bad' | 'wait' | undefined {
  if (failure !== null) return failure.class === 'dependency' ? 'wait' : 'bad'
  return warning === null ? undefined : 'wait'
}

function resultText({ outcome, value, failure, rules }: RowResult): string {
  if (failure !== null) return failure.class === 'dependency' ? 'looked up' : 'fails'
  if (outcome === 'left') return rules.includes('create-only') ? 'only when new' : 'left alone'
  return outcome === 'cleared' ? 'empty' : valueText(value)
}

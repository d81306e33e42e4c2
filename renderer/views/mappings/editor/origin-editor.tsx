import { SegmentedControl, TextInput } from '@mantine/core'
import { inExpression } from '#renderer/state/mappings/field-list.ts'
import { fixedOf, originTo, withOrigin, type ValueOrigin } from '#renderer/state/mappings/row-rule.ts'
import type { MappingField } from '#shared/domain/mapping.ts'
import { useEditor } from './editor-context.ts'
import { ExpressionBox } from './expression-box.tsx'
import styles from './row-editor.module.css'

const kinds = [
  { value: 'copy', label: 'The field' },
  { value: 'fixed', label: 'A fixed value' },
  { value: 'expression', label: 'An expression' },
]

/** Where the value of a row comes from in the direction that is looked at. */
export function OriginEditor({ row, at }: { row: MappingField; at: number }) {
  const { editRow, from, to } = useEditor()
  const origin = originTo(row, to)
  const set = (next: ValueOrigin, step = '') => editRow(at, (last) => withOrigin(last, to, next), step)
  return (
    <div className={styles.part} data-in-sight>
      <div className={styles.line}>
        <span className={styles.label}>Takes</span>
        <SegmentedControl
          size="xs"
          aria-label="Where the value comes from"
          data={kinds}
          value={origin.kind}
          onChange={(kind) => set(startOf(kind, origin, row[from]))}
        />
        {origin.kind === 'fixed' && (
          <TextInput
            size="xs"
            className={styles.grow}
            aria-label="Fixed value"
            placeholder="The same for every record"
            value={String(origin.value)}
            onChange={(event) => set({ kind: 'fixed', value: fixedOf(event.currentTarget.value) }, `fixed ${at}`)}
          />
        )}
      </div>
      {origin.kind === 'expression' && (
        <ExpressionBox
          key={to}
          text={origin.text}
          onChange={(text) => set({ kind: 'expression', text }, `expression ${at}`)}
        />
      )}
    </div>
  )
}

/** What a person finds when they choose another origin: an expression begins with what is there. */
function startOf(kind: string, last: ValueOrigin, source: string): ValueOrigin {
  if (kind === 'fixed') return { kind, value: last.kind === 'fixed' ? last.value : '' }
  if (kind === 'copy') return { kind }
  // A blank at the end keeps a plain value from being read as a fixed one.
  const text = last.kind === 'fixed' ? `${JSON.stringify(last.value)} & ""` : inExpression(source)
  return { kind: 'expression', text: text === '' ? '$recordId' : text }
}

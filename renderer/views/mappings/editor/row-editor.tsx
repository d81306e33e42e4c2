import { Button, SegmentedControl } from '@mantine/core'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { withMovedRow, withoutRow } from '#renderer/state/mappings/draft-document.ts'
import { directionWords, foldSummary } from '#renderer/state/mappings/mapping-words.ts'
import { direction, directionTo, type MappingField } from '#shared/domain/mapping.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import { FieldPicker } from './field-picker.tsx'
import { OriginEditor } from './origin-editor.tsx'
import { RowRules } from './row-rules.tsx'
import { RowWarnings } from './row-warnings.tsx'
import { TranslationEditor } from './translation-editor.tsx'
import styles from './row-editor.module.css'

/** All there is to say about one row, below its head. */
export function RowEditor({ row, at }: { row: MappingField; at: number }) {
  const { document, edit, editRow, from, select, to } = useEditor()
  const isThisWay = row.direction === 'both' || row.direction === directionTo(to)
  const move = (by: 1 | -1) => {
    edit((draft) => withMovedRow(draft, at, by))
    select(at + by)
  }
  return (
    <div className={styles.editor} role="group" aria-label={`Row ${row[from]} to ${row[to]}`}>
      <RowWarnings at={at} />
      <div className={styles.fields}>
        <FieldPicker
          system={from}
          value={row[from]}
          onChange={(name) => editRow(at, (last) => ({ ...last, [from]: name }))}
        />
        <FieldPicker
          system={to}
          value={row[to]}
          onChange={(name) => editRow(at, (last) => ({ ...last, [to]: name }))}
        />
      </div>
      <div className={styles.line}>
        <span className={styles.label}>Works</span>
        <SegmentedControl
          size="xs"
          aria-label="Direction"
          data={direction.options.map((value) => ({ value, label: directionWords[value] }))}
          value={row.direction}
          onChange={(value) => editRow(at, (last) => ({ ...last, direction: direction.parse(value) }))}
        />
      </div>
      {isThisWay ? (
        <OriginEditor row={row} at={at} />
      ) : (
        <p className={styles.soft}>
          Nothing is written to {systemTitle[to]} by this row. Its other direction is edited under {systemTitle[to]} →{' '}
          {systemTitle[from]}.
        </p>
      )}
      <TranslationEditor row={row} at={at} />
      <Disclosure title="More rules" aside={<span className={styles.soft}>{foldSummary(row, to)}</span>}>
        {() => <RowRules row={row} at={at} />}
      </Disclosure>
      <div className={styles.foot}>
        <Button size="compact-xs" variant="subtle" color="gray" disabled={at === 0} onClick={() => move(-1)}>
          Move up
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={at === document.fields.length - 1}
          onClick={() => move(1)}
        >
          Move down
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          leftSection={<Icon name="trash" size={12} />}
          onClick={() => {
            select(null)
            edit((draft) => withoutRow(draft, at))
          }}
        >
          Remove the row
        </Button>
      </div>
    </div>
  )
}

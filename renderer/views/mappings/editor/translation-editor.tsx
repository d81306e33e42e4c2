import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { translationOf, withTranslation, type Translation } from '#renderer/state/mappings/row-rule.ts'
import type { MappingField } from '#shared/domain/mapping.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import styles from './row-editor.module.css'
import { ValueMapEditor } from './value-map-editor.tsx'

const kinds = [
  { value: 'none', label: 'Nothing' },
  { value: 'value-map', label: 'Translate by a value map' },
  { value: 'link', label: 'Find the linked record' },
]

/** What is done with the value of a row before it is written, in both directions. */
export function TranslationEditor({ row, at }: { row: MappingField; at: number }) {
  const { editRow, fields, isKnown } = useEditor()
  const entities = {
    salesforce: fields.salesforce.find(({ name }) => name === row.salesforce)?.referenceTo ?? 'Account',
    connectwise: fields.connectwise.find(({ name }) => name === row.connectwise)?.referenceTo ?? 'company',
  }
  const translation = translationOf(row)
  return (
    <>
      <div className={styles.line}>
        <span className={styles.label}>Then</span>
        <SegmentedControl
          size="xs"
          aria-label="What is done with the value"
          data={kinds}
          value={translation}
          onChange={(kind) => editRow(at, (last) => withTranslation(last, kind as Translation, entities))}
        />
      </div>
      {row.valueMap !== undefined && isKnown && <ValueMapEditor row={row} at={at} map={row.valueMap} />}
      {row.valueMap !== undefined && !isKnown && <p className={styles.soft}>The pick lists are being read…</p>}
      {row.reference !== undefined && <LinkEditor at={at} reference={row.reference} />}
    </>
  )
}

function LinkEditor({ at, reference }: { at: number; reference: NonNullable<MappingField['reference']> }) {
  const { editRow, to } = useEditor()
  const set = (change: Partial<typeof reference>, step = '') =>
    editRow(at, (row) => ({ ...row, reference: { ...reference, ...change } }), step)
  return (
    <div className={styles.indent}>
      <div className={styles.fields}>
        {(['salesforce', 'connectwise'] as const).map((system) => (
          <TextInput
            key={system}
            size="xs"
            label={`Record in ${systemTitle[system]}`}
            value={reference[system]}
            onChange={(event) => set({ [system]: event.currentTarget.value }, `reference ${at} ${system}`)}
          />
        ))}
      </div>
      <Checkbox
        mt={8}
        size="xs"
        label="The delivery waits until that record is linked"
        description={
          reference.required
            ? 'Nothing is written before it is there.'
            : `Without it the field in ${systemTitle[to]} is left alone; it follows with the next change.`
        }
        checked={reference.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
    </div>
  )
}

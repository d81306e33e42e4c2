import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { conflictWords, normaliserWords, whenEmptyWords } from '#renderer/state/mappings/mapping-words.ts'
import { fixedOf, without } from '#renderer/state/mappings/row-rule.ts'
import type { MappingField } from '#shared/domain/mapping.ts'
import { systemTitle, type Json } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import styles from './row-editor.module.css'
import { ValueInput } from './value-input.tsx'

/** What happens to empty values, long ones and conflicts, and the note of a row. */
export function RowRules({ row, at }: { row: MappingField; at: number }) {
  const { editRow, fields, to } = useEditor()
  const set = (change: Partial<MappingField>, step = '') => editRow(at, (last) => ({ ...last, ...change }), step)
  const field = fields[to].find(({ name }) => name === row[to])
  const room = field?.length ?? null
  const offered = field?.values ?? []
  return (
    <div className={styles.rules}>
      <NativeSelect
        size="xs"
        label="When the value is empty"
        data={options(whenEmptyWords)}
        value={row.whenEmpty}
        onChange={(event) => set({ whenEmpty: event.currentTarget.value as MappingField['whenEmpty'] })}
      />
      {row.whenEmpty === 'default' ? (
        <ValueInput
          label={`Default in ${systemTitle[to]}`}
          value={textOf(row.default[to])}
          offered={offered}
          none="Empty"
          onChange={(typed) =>
            set({ default: { ...row.default, [to]: typed === '' ? null : fixedOf(typed) } }, `default ${at}`)
          }
        />
      ) : (
        <span />
      )}
      <NumberInput
        size="xs"
        label={`Longest text in ${systemTitle[to]}`}
        placeholder={room === null ? 'No limit' : `The field holds ${room.toLocaleString('en')}`}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        value={row.maxLength[to] ?? ''}
        onChange={(value) => set({ maxLength: lengthTo(row, to, value) }, `length ${at}`)}
      />
      <NativeSelect
        size="xs"
        label="Longer text"
        data={[
          { value: 'truncate', label: 'Is cut' },
          { value: 'fail', label: 'Stops with a dead letter' },
        ]}
        value={row.whenTooLong}
        onChange={(event) => set({ whenTooLong: event.currentTarget.value as MappingField['whenTooLong'] })}
      />
      <NativeSelect
        size="xs"
        label="Written and compared as"
        data={options(normaliserWords)}
        value={row.normalise}
        onChange={(event) => set({ normalise: event.currentTarget.value as MappingField['normalise'] })}
      />
      <NativeSelect
        size="xs"
        label="When both sides changed"
        data={options(conflictWords)}
        value={row.conflict}
        onChange={(event) => set({ conflict: event.currentTarget.value as MappingField['conflict'] })}
      />
      <Checkbox
        className={styles.wide}
        size="xs"
        label="Sent with new records only, never updated afterwards"
        checked={row.createOnly}
        onChange={(event) => set({ createOnly: event.currentTarget.checked })}
      />
      {row.fromParent !== undefined && (
        <p className={`${styles.soft} ${styles.wide}`}>
          A new record without a value takes {row.fromParent.field} of the {row.fromParent.entity} in{' '}
          {row.fromParent.parent}.{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => editRow(at, (last) => without(last, 'fromParent'))}>
            No more
          </Button>
        </p>
      )}
      <Textarea
        className={styles.wide}
        size="xs"
        label="Note for colleagues"
        autosize
        minRows={1}
        maxRows={4}
        value={row.note ?? ''}
        onChange={(event) => {
          const note = event.currentTarget.value
          editRow(at, (last) => (note === '' ? without(last, 'note') : { ...last, note }), `note ${at}`)
        }}
      />
    </div>
  )
}

function options(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function lengthTo(row: MappingField, to: 'salesforce' | 'connectwise', value: string | number) {
  const { [to]: _last, ...rest } = row.maxLength
  return typeof value === 'number' && value > 0 ? { ...rest, [to]: value } : rest
}

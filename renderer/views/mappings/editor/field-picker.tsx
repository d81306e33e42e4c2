import { Select, TextInput, type ComboboxItem } from '@mantine/core'
import { fieldWords } from '#renderer/state/mappings/mapping-words.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import styles from './row-editor.module.css'

interface Props {
  readonly system: SystemName
  readonly value: string
  readonly onChange: (name: string) => void
}

/** Chooses a field of a system by its label, its name or an example; typed freely while the system's fields are not known. */
export function FieldPicker({ system, value, onChange }: Props) {
  const { document, fields } = useEditor()
  const label = `Field in ${systemTitle[system]}`
  const known = new Map(fields[system].map((field) => [field.name, field]))
  if (known.size === 0)
    return <TextInput size="xs" label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  const data = [...known.values()].map((field) => ({ value: field.name, label: labelOf(field.label, field.name) }))
  if (value !== '' && !known.has(value)) data.unshift({ value, label: `${value} (not known)` })
  return (
    <Select
      size="xs"
      label={label}
      placeholder={`Choose a field of ${document[system].entity}`}
      searchable
      limit={60}
      allowDeselect={false}
      nothingFoundMessage="No such field"
      data={data}
      value={value === '' ? null : value}
      onChange={(name) => name !== null && onChange(name)}
      error={value === '' ? 'Choose a field' : null}
      renderOption={({ option }: { option: ComboboxItem }) => {
        const field = known.get(option.value)
        return (
          <span className={styles.option}>
            <span>{option.label}</span>
            {field !== undefined && (
              <span className={styles.soft}>
                {fieldWords(field)}
                {field.required && ', required'}
                {field.examples.length > 0 && ` · ${field.examples[0]}`}
              </span>
            )}
          </span>
        )
      }}
    />
  )
}

function labelOf(label: string, name: string): string {
  return label === name ? name : `${label} (${name})`
}

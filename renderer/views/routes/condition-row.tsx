import { ActionIcon, Autocomplete, Select, TagsInput } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import type { FieldChoice } from '#renderer/state/route-draft.ts'
import { operatorWords, takesValue } from '#renderer/state/route-words.ts'
import { operator, type Condition, type Operator } from '#shared/domain/match.ts'
import type { Json } from '#shared/domain/record.ts'
import styles from './match-builder.module.css'

interface Props {
  readonly condition: Condition
  readonly number: number
  readonly fields: readonly FieldChoice[]
  readonly onChange: (condition: Condition) => void
  readonly onRemove: () => void
}

const operators = operator.options.map((value) => ({ value, label: operatorWords[value] }))
/** Suggestions shown at once; a longer list is found by typing. */
const mostShown = 40

/** One condition: field, operator, value. Fields and values that events have shown are offered; others may be typed. */
export function ConditionRow({ condition, number, fields, onChange, onRemove }: Props) {
  const field = fields.find(({ name }) => name === condition.field)
  const values = field?.values ?? []
  return (
    <div className={styles.row} role="group" aria-label={`Condition ${number}`}>
      <Autocomplete
        size="xs"
        aria-label="Field"
        placeholder="Field"
        limit={mostShown}
        value={condition.field}
        data={fields.map(({ name }) => name)}
        renderOption={({ option }) => <FieldOption field={fields.find(({ name }) => name === option.value)} />}
        onChange={(name) => onChange({ ...condition, field: name })}
      />
      <Select
        size="xs"
        aria-label="Operator"
        allowDeselect={false}
        data={operators}
        value={condition.operator}
        onChange={(value) => onChange(withOperator(condition, operator.safeParse(value).data ?? 'is'))}
      />
      {!takesValue(condition.operator) && <span className={styles.none}>nothing to enter</span>}
      {condition.operator === 'one-of' && (
        <TagsInput
          size="xs"
          aria-label="Values"
          placeholder={listOf(condition.value).length === 0 ? 'Values, Enter after each' : ''}
          acceptValueOnBlur
          limit={mostShown}
          data={[...values]}
          value={listOf(condition.value)}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
      {takesValue(condition.operator) && condition.operator !== 'one-of' && (
        <Autocomplete
          size="xs"
          aria-label="Value"
          placeholder={values.length > 0 ? `such as ${values[0] ?? ''}` : 'Value'}
          limit={mostShown}
          data={[...values]}
          value={textOf(condition.value)}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        mt={3}
        aria-label={`Remove condition ${number}`}
        onClick={onRemove}
      >
        <Icon name="close" size={14} />
      </ActionIcon>
    </div>
  )
}

/** A field with what the system calls it. */
function FieldOption({ field }: { readonly field: FieldChoice | undefined }) {
  if (field === undefined) return null
  return (
    <span>
      {field.name}
      {field.label !== field.name && <span className={styles.none}> {field.label}</span>}
    </span>
  )
}

function withOperator(condition: Condition, next: Operator): Condition {
  const { field, value } = condition
  if (!takesValue(next)) return { field, operator: next }
  if (next === 'one-of') return { field, operator: next, value: listOf(value) }
  return { field, operator: next, value: textOf(value) }
}

function listOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.map(textOf)
  const text = textOf(value)
  return text === '' ? [] : [text]
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return textOf(value[0])
  return typeof value === 'string' ? value : JSON.stringify(value)
}

import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { Json } from '#shared/domain/record.ts'
import { choiceTexts } from './field-texts.ts'
import type { FormField } from './form-fields.ts'

interface Props {
  readonly field: FormField
  readonly value: Json | undefined
  readonly error: string | undefined
  /** Ids to choose from, for a `connection`. */
  readonly connections: readonly { value: string; label: string }[]
  onChange(value: Json | undefined): void
}

/** The control that suits a setting. */
export function SettingControl({ field, value, error, connections, onChange }: Props) {
  const common = { size: 'sm', label: field.label, description: field.help, error, required: field.required } as const
  const text = typeof value === 'string' ? value : ''
  switch (field.control) {
    case 'switch':
      return (
        <Switch
          size="sm"
          label={field.label}
          description={field.help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(typed) => onChange(typeof typed === 'number' ? typed : field.nullable ? null : undefined)}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          data={field.choices.map((value) => ({ value, label: choiceTexts[value] ?? value }))}
          value={text}
          allowDeselect={false}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      )
    case 'connection':
      return (
        <Select
          {...common}
          data={[...connections]}
          value={text === '' ? null : text}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      )
    case 'lines':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) =>
            onChange(
              event.currentTarget.value === ''
                ? []
                : event.currentTarget.value.split('\n').map((line) => line.trimStart()),
            )
          }
        />
      )
    case 'text':
      return (
        <TextInput
          {...common}
          value={text}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' && field.nullable ? null : event.currentTarget.value)
          }
        />
      )
  }
}

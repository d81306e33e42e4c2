import { NativeSelect, TextInput } from '@mantine/core'
import { type Ref } from 'react'
import type { PickListValue } from '#shared/domain/schema.ts'

interface Props {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly value: string
  /** What the field's pick list offers; empty: it has none that is known, and anything may be typed. */
  readonly offered: readonly PickListValue[]
  /** What stands for no value. */
  readonly none?: string
  readonly tone?: 'bad' | undefined
  readonly ref?: Ref<HTMLSelectElement & HTMLInputElement>
  readonly onChange: (value: string) => void
}

/** A value for a field: one of its pick list, or typed where there is none. */
export function ValueInput({ isLabelHidden = false, label, none = '', offered, onChange, ref, tone, value }: Props) {
  const name = isLabelHidden ? { 'aria-label': label } : { label }
  const rest = { size: 'xs' as const, value, ...name, ...(ref !== undefined && { ref }), error: tone === 'bad' }
  if (offered.length === 0)
    return <TextInput {...rest} placeholder={none} onChange={(event) => onChange(event.currentTarget.value)} />
  const known = offered.filter(({ active }) => active).map((one) => ({ value: one.value, label: labelOf(one) }))
  const isForeign = value !== '' && !known.some((one) => one.value === value)
  return (
    <NativeSelect
      {...rest}
      data={[{ value: '', label: none }, ...(isForeign ? [{ value, label: `${value} (not offered)` }] : []), ...known]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function labelOf({ value, label }: PickListValue): string {
  return label === value ? value : `${label} (${value})`
}

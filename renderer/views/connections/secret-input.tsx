import { PasswordInput, Textarea } from '@mantine/core'
import type { SecretInfo } from './kinds.ts'

interface Props {
  readonly secret: SecretInfo
  readonly isSet: boolean
  readonly value: string
  onChange(value: string): void
}

/** Takes a secret in. What is stored is never shown, only that it is. */
export function SecretInput({ secret, isSet, value, onChange }: Props) {
  const common = {
    size: 'sm',
    autoComplete: 'off',
    label: secret.label,
    description: `${isSet ? 'Set. Leave empty to keep it.' : 'Not set.'} ${secret.help}`,
    value,
  } as const
  if (secret.isLong) {
    return (
      <Textarea
        {...common}
        spellCheck={false}
        minRows={4}
        autosize
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return <PasswordInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />
}

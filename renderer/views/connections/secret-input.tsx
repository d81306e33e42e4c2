import { Button, PasswordInput, Textarea } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import type { SecretInfo } from './kinds.ts'
import styles from './secret-input.module.css'
import type { TypedSecret } from './settings-draft.ts'

interface Props {
  readonly secret: SecretInfo
  readonly isSet: boolean
  /** undefined: left as it is. */
  readonly value: TypedSecret | undefined
  readonly error: string | undefined
  onChange(value: TypedSecret | undefined): void
}

/** Takes a secret in. What is stored is never shown, only that it is; it can be replaced, and removed where that makes sense. */
export function SecretInput({ secret, isSet, value, error, onChange }: Props) {
  if (isSet && (value === undefined || value === null)) {
    return <StoredSecret secret={secret} isLeaving={value === null} onChange={onChange} />
  }
  const common = {
    size: 'sm',
    autoComplete: 'off',
    label: secret.label,
    description: isSet ? (
      <>
        The new one takes the place of the old when you save.{' '}
        <button type="button" className={styles.keep} onClick={() => onChange(undefined)}>
          Keep the old one
        </button>
      </>
    ) : (
      secret.help
    ),
    required: secret.isNeeded === true,
    error,
    value: value ?? '',
  } as const
  if (secret.isLong) {
    return (
      <Textarea
        {...common}
        spellCheck={false}
        minRows={4}
        maxRows={10}
        autosize
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return <PasswordInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />
}

function StoredSecret({
  secret,
  isLeaving,
  onChange,
}: {
  readonly secret: SecretInfo
  readonly isLeaving: boolean
  readonly onChange: Props['onChange']
}) {
  return (
    <div className={styles.stored} role="group" aria-label={secret.label}>
      <span className={styles.label}>{secret.label}</span>
      <span className={styles.state} data-tone={isLeaving ? 'wait' : 'good'}>
        <Icon name={isLeaving ? 'quiet' : 'good'} size={12} />
        {isLeaving ? 'Removed when you save' : 'Set'}
      </span>
      <span className={styles.actions}>
        {isLeaving ? (
          <Button size="compact-xs" variant="default" onClick={() => onChange(undefined)}>
            Keep it
          </Button>
        ) : (
          <>
            <Button size="compact-xs" variant="default" onClick={() => onChange('')}>
              Replace
            </Button>
            {secret.isNeeded !== true && (
              <Button size="compact-xs" variant="default" onClick={() => onChange(null)}>
                Remove
              </Button>
            )}
          </>
        )}
      </span>
    </div>
  )
}

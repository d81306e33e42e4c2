import { Alert, Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { SaveRefusal } from '#renderer/state/connections-slice.ts'
import { filled, formErrors, formFields, initialValues } from './form-fields.ts'
import type { FormField, FormValues } from './form-fields.ts'
import type { KindInfo } from './kinds.ts'
import { SecretInput } from './secret-input.tsx'
import { SettingControl } from './setting-control.tsx'
import styles from './settings-form.module.css'

interface Props {
  readonly info: KindInfo
  readonly name: string
  /** null for a new one. */
  readonly settings: FormValues | null
  /** Which secrets are set. */
  readonly secrets: Readonly<Record<string, { set: boolean }>>
  /** null when it was saved. */
  onSave(name: string, settings: FormValues, secrets: Record<string, string>): Promise<SaveRefusal | null>
  onDone(): void
}

/** A form made from the schema of the settings. Secrets can be written, never read. */
export function SettingsForm({ info, name: firstName, settings, secrets, onSave, onDone }: Props) {
  const [fields] = useState(() => formFields(info.schema))
  const [name, setName] = useState(firstName)
  const [values, setValues] = useState<FormValues>(() => settings ?? initialValues(fields))
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    const found = formErrors(info.schema, values)
    setErrors(found)
    setRefusal(null)
    if (Object.keys(found).length > 0) return
    setSaving(true)
    const entered = Object.fromEntries(Object.entries(typed).filter(([, secret]) => secret !== ''))
    const refused = await onSave(name.trim(), filled(values), entered)
    setSaving(false)
    if (refused === null) onDone()
    else if (refused.field !== null && fields.some((field) => field.name === refused.field))
      setErrors({ [refused.field]: refused.sentence })
    else setRefusal(refused.sentence)
  }

  const shared = { values, errors, info, onChange: setValues }
  const unused = info.unused?.(values) ?? []
  const used = fields.filter((field) => !unused.includes(field.name))
  const rare = used.filter((field) => field.rare)
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
      <TextInput
        size="sm"
        label="Name"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Fields {...shared} fields={used.filter((field) => !field.rare)} />
      {info.secrets
        .filter((secret) => !unused.includes(secret.name))
        .map((secret) => (
          <SecretInput
            key={secret.name}
            secret={secret}
            isSet={secrets[secret.name]?.set === true}
            value={typed[secret.name] ?? ''}
            onChange={(value) => setTyped({ ...typed, [secret.name]: value })}
          />
        ))}
      <Disclosure
        key={String(rare.some((field) => errors[field.name]))}
        startOpen={rare.some((field) => errors[field.name])}
        title="More settings"
      >
        {() => (
          <div className={styles.form}>
            <Fields {...shared} fields={rare} />
          </div>
        )}
      </Disclosure>
      {refusal !== null && (
        <Alert color="red" variant="light">
          {refusal}
        </Alert>
      )}
      <Button type="submit" loading={saving} disabled={name.trim() === ''}>
        Save
      </Button>
    </form>
  )
}

interface FieldsProps {
  readonly fields: readonly FormField[]
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
  readonly info: KindInfo
  onChange(values: FormValues): void
}

function Fields({ fields, values, errors, info, onChange }: FieldsProps) {
  const connections = useConsole((state) => state.connections.connections)
  const choices = connections
    .filter(({ connection }) => connection.kind === info.readsFrom)
    .map(({ connection }) => ({ value: connection.id, label: connection.name }))
  return fields.map((field) => (
    <SettingControl
      key={field.name}
      field={field}
      value={values[field.name]}
      error={errors[field.name]}
      connections={choices}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ))
}

import { useState } from 'react'
import type { SaveRefusal } from '#renderer/state/connections-slice.ts'
import { filled, formErrors, formFields, initialValues } from './form-fields.ts'
import type { FormField, FormValues } from './form-fields.ts'
import type { KindInfo } from './kinds.ts'

/** A secret as it was typed; null: to be removed. What is stored is never known here. */
export type TypedSecret = string | null

export interface SettingsStart {
  readonly name: string
  /** null for a new one. */
  readonly settings: FormValues | null
  /** What a new one begins with besides its defaults. */
  readonly preset?: FormValues
  /** Which secrets are set. */
  readonly secrets: Readonly<Record<string, { set: boolean }>>
}

/** Settings and secrets that a person is filling in. */
export interface SettingsDraft {
  readonly info: KindInfo
  /** Those that the other values have a use for. */
  readonly fields: readonly FormField[]
  readonly secrets: KindInfo['secrets']
  readonly name: string
  readonly values: FormValues
  readonly typed: Readonly<Record<string, TypedSecret>>
  readonly errors: Readonly<Record<string, string>>
  /** Why the last save was refused, where no field is to blame. */
  readonly refusal: string | null
  readonly saving: boolean
  /** Something was changed since the last save. */
  readonly isDirty: boolean
  isSet(secret: string): boolean
  rename(name: string): void
  set(values: FormValues): void
  type(secret: string, value: TypedSecret | undefined): void
  /** Looks at all fields and secrets, or at those named; false when one of them is not right. */
  check(names?: readonly string[]): boolean
  /** True when it was saved. */
  save(): Promise<boolean>
}

type Save = (name: string, settings: FormValues, secrets: Record<string, string>) => Promise<SaveRefusal | null>

/** Holds a form over the schema of its settings. Secrets can be written, never read. */
export function useSettingsDraft(info: KindInfo, start: SettingsStart, onSave: Save): SettingsDraft {
  const [all] = useState(() => formFields(info.schema, info.helps, info.labels))
  const [name, setName] = useState(start.name)
  const [values, setValues] = useState<FormValues>(() => start.settings ?? { ...initialValues(all), ...start.preset })
  const [typed, setTyped] = useState<Readonly<Record<string, TypedSecret>>>({})
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const [isDirty, setDirty] = useState(start.settings === null)

  const unused = info.unused?.(values) ?? []
  const fields = all.filter((field) => !unused.includes(field.name))
  const secrets = info.secrets.filter((secret) => !unused.includes(secret.name))
  const isSet = (secret: string) => start.secrets[secret]?.set === true

  function findErrors(): Record<string, string> {
    const missing = secrets.filter(
      ({ name: secret, isNeeded }) => isNeeded === true && !isSet(secret) && (typed[secret] ?? '') === '',
    )
    return {
      ...formErrors(info.schema, values),
      ...Object.fromEntries(missing.map((secret) => [secret.name, 'This is needed.'])),
      ...(name.trim() === '' && { name: 'This is needed.' }),
    }
  }

  function check(names?: readonly string[]): boolean {
    const found = Object.entries(findErrors()).filter(([field]) => names === undefined || names.includes(field))
    setErrors(Object.fromEntries(found))
    setRefusal(null)
    return found.length === 0
  }

  async function save(): Promise<boolean> {
    setSaving(true)
    const entered = Object.entries(typed).filter(([, secret]) => secret !== '')
    const refused = await onSave(
      name.trim(),
      filled(values),
      Object.fromEntries(entered.map(([secret, text]) => [secret, text ?? ''])),
    )
    setSaving(false)
    if (refused === null) {
      setTyped({})
      setDirty(false)
      return true
    }
    const { field, sentence } = refused
    if (field !== null && fields.some((one) => one.name === field)) setErrors({ [field]: sentence })
    else setRefusal(sentence)
    return false
  }

  return {
    info,
    fields,
    secrets,
    name,
    values,
    typed,
    errors,
    refusal,
    saving,
    isDirty,
    isSet,
    rename: (next) => {
      setName(next)
      setDirty(true)
    },
    set: (next) => {
      setValues(next)
      setDirty(true)
    },
    type: (secret, value) => {
      const { [secret]: _, ...others } = typed
      setTyped(value === undefined ? others : { ...others, [secret]: value })
      setDirty(true)
    },
    check,
    save,
  }
}

import { TextInput } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import { SecretInput } from './secret-input.tsx'
import { SettingControl } from './setting-control.tsx'
import type { SettingsDraft } from './settings-draft.ts'

interface Props {
  readonly draft: SettingsDraft
  /** In this order; those that the other values have no use for are left out. */
  readonly names: readonly string[]
}

export function NameField({ draft }: { readonly draft: SettingsDraft }) {
  return (
    <TextInput
      size="sm"
      label="Name"
      description="How it is called in the console."
      required
      error={draft.errors['name']}
      value={draft.name}
      onChange={(event) => draft.rename(event.currentTarget.value)}
    />
  )
}

/** Some settings of a form. */
export function SettingFields({ draft, names }: Props) {
  const connections = useConsole((state) => state.connections.connections)
  const choices = connections
    .filter(({ connection }) => connection.kind === draft.info.readsFrom)
    .map(({ connection }) => ({ value: connection.id, label: connection.name }))
  return names.map((name) => {
    const field = draft.fields.find((one) => one.name === name)
    return (
      field !== undefined && (
        <SettingControl
          key={name}
          field={field}
          value={draft.values[name]}
          error={draft.errors[name]}
          connections={choices}
          onChange={(value) => draft.set({ ...draft.values, [name]: value })}
        />
      )
    )
  })
}

/** Some secrets of a form. */
export function SecretFields({ draft, names }: Props) {
  return names.map((name) => {
    const secret = draft.secrets.find((one) => one.name === name)
    return (
      secret !== undefined && (
        <SecretInput
          key={name}
          secret={secret}
          isSet={draft.isSet(name)}
          value={draft.typed[name]}
          error={draft.errors[name]}
          onChange={(value) => draft.type(name, value)}
        />
      )
    )
  })
}

import { Alert, Button } from '@mantine/core'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import type { SettingsDraft } from './settings-draft.ts'
import { NameField, SecretFields, SettingFields } from './settings-fields.tsx'
import styles from './settings-form.module.css'

/** All settings of a connection or source at once, made from their schema. */
export function SettingsForm({ draft, onDone }: { readonly draft: SettingsDraft; readonly onDone: () => void }) {
  const { fields, errors, refusal } = draft
  const rare = fields.filter((field) => field.rare)
  const isRareWrong = rare.some((field) => errors[field.name])
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (draft.check()) void draft.save().then((saved) => saved && onDone())
      }}
    >
      <NameField draft={draft} />
      <SettingFields draft={draft} names={fields.filter((field) => !field.rare).map((field) => field.name)} />
      <SecretFields draft={draft} names={draft.secrets.map((secret) => secret.name)} />
      <Disclosure key={String(isRareWrong)} startOpen={isRareWrong} title="More settings">
        {() => (
          <div className={styles.form}>
            <SettingFields draft={draft} names={rare.map((field) => field.name)} />
          </div>
        )}
      </Disclosure>
      {refusal !== null && (
        <Alert color="red" variant="light">
          {refusal}
        </Alert>
      )}
      <Button type="submit" loading={draft.saving}>
        Save
      </Button>
    </form>
  )
}

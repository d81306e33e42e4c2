import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import styles from './views-menu.module.css'

interface Props {
  readonly label: string
  readonly start: string
  readonly action: string
  /** Called with a name that is not empty; answers whether it was taken. */
  readonly onDone: (name: string) => Promise<boolean>
  readonly onCancel?: () => void
}

/** Asks for the name of a view. */
export function ViewForm({ label, start, action, onDone, onCancel }: Props) {
  const [name, setName] = useState(start)
  const [busy, setBusy] = useState(false)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setBusy(true)
        void onDone(name.trim()).finally(() => setBusy(false))
      }}
    >
      <TextInput
        size="xs"
        className={styles.input ?? ''}
        aria-label={label}
        placeholder="Stuck tickets"
        maxLength={60}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={busy} disabled={name.trim() === ''}>
        {action}
      </Button>
      {onCancel !== undefined && (
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  )
}

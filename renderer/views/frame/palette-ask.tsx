import { Button, Group, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Command } from './command.ts'
import styles from './palette.module.css'

/** Says what a command will do before it does it, and asks for a reason where one is wanted. Esc leaves everything as it is. */
export function PaletteAsk({ command: { ask, label, run }, onDone }: { command: Command; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-first]')?.focus(), [])
  if (ask === undefined) return null
  const wantsReason = ask.example !== undefined
  return (
    <form
      ref={form}
      className={styles.ask}
      onSubmit={(event) => {
        event.preventDefault()
        onDone()
        run(reason.trim())
      }}
    >
      <h2 className={styles.title}>{label.replace('…', '')}</h2>
      <p className={styles.consequence}>{ask.consequence}</p>
      {wantsReason && (
        <TextInput
          data-first
          label="Why"
          placeholder={ask.example ?? ''}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          Not now
        </Button>
        <Button
          type="submit"
          color="orange"
          data-first={wantsReason ? undefined : true}
          disabled={wantsReason && reason.trim() === ''}
        >
          {ask.confirm}
        </Button>
      </Group>
    </form>
  )
}

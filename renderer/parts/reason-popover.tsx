import { Button, Popover, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import styles from './reason-popover.module.css'

interface Props {
  /** What it will do, told before it is done. */
  readonly consequence: string
  readonly example: string
  readonly confirm: { readonly label: string; readonly color: string }
  /** They may have nothing to say, and do it all the same. */
  readonly isOptional?: boolean
  /** Called with what the person wrote, without blanks around it; empty only where that is allowed. */
  readonly onConfirm: (reason: string) => unknown
  /** Draws the button that opens it. */
  readonly trigger: (toggle: () => void) => ReactNode
}

/** Asks a person for a reason before something is done that others will want to understand. */
export function ReasonPopover({ consequence, example, confirm, isOptional = false, onConfirm, trigger }: Props) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withArrow>
      <Popover.Target>{trigger(() => setOpen(!open))}</Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            setOpen(false)
            setReason('')
            void onConfirm(reason.trim())
          }}
        >
          <p>{consequence}</p>
          <TextInput
            data-autofocus
            size="xs"
            label={isOptional ? 'Note (may stay empty)' : 'Why'}
            placeholder={example}
            required={!isOptional}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" color={confirm.color} disabled={!isOptional && reason.trim() === ''}>
            {confirm.label}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

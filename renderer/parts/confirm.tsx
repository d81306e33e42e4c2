import { Button, Group, Modal } from '@mantine/core'
import { useState, type ReactNode } from 'react'

interface Props {
  readonly title: string
  /** What it will do, and to how many, told before it is done. */
  readonly consequence: ReactNode
  readonly confirm: { readonly label: string; readonly color?: string }
  readonly onConfirm: () => unknown
  /** Draws the button that opens it. */
  readonly trigger: (open: () => void) => ReactNode
}

/** Asks before something is done that reaches out or can't be taken back; Esc and Cancel leave everything as it is. */
export function Confirm({ title, consequence, confirm, onConfirm, trigger }: Props) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      {trigger(() => setOpened(true))}
      <Modal opened={opened} onClose={() => setOpened(false)} title={title} centered>
        {consequence}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={() => setOpened(false)}>
            Cancel
          </Button>
          <Button
            data-autofocus
            color={confirm.color ?? 'blue'}
            onClick={() => {
              setOpened(false)
              void onConfirm()
            }}
          >
            {confirm.label}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

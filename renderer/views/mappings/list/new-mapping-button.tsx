import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { NewMappingForm } from './new-mapping-form.tsx'

/** Begins a mapping from nothing. */
export function NewMappingButton() {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <>
      <Button size="xs" variant="default" leftSection={<Icon name="plus" size={13} />} onClick={() => setOpened(true)}>
        New mapping
      </Button>
      <Modal opened={opened} onClose={close} title="New mapping" size="lg" centered>
        <NewMappingForm onClose={close} />
      </Modal>
    </>
  )
}

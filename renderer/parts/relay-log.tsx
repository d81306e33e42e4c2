import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { CopyButton } from './copy-button.tsx'
import { TextView } from './text-view.tsx'

/** Leads to the last lines that the relay's process has written; they can be read when the relay itself can't be asked. */
export function RelayLog() {
  const [text, setText] = useState<string | null>(null)
  const [run, busy] = useAction()
  const open = () =>
    run('The log could not be read.', async () => {
      const lines = await findShell()?.relayLines()
      setText(lines === undefined || lines.length === 0 ? 'It has written nothing.' : lines.join('\n'))
    })
  return (
    <>
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void open()}>
        Last lines of its log
      </Button>
      <Modal opened={text !== null} onClose={() => setText(null)} title="The relay’s log" size="xl" centered>
        {text !== null && <TextView text={text} />}
        <Group justify="flex-end" mt="sm">
          <CopyButton text={text ?? ''} what="the log" />
        </Group>
      </Modal>
    </>
  )
}

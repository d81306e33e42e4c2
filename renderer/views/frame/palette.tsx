import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Command } from './command.ts'
import { PaletteAsk } from './palette-ask.tsx'
import { PaletteSearch } from './palette-search.tsx'

/** Everything one can go to and do, found by a few letters. What reaches far says first what it will do. */
export function Palette() {
  const close = useConsole((state) => state.palette.close)
  const [asking, setAsking] = useState<Command | null>(null)
  const take = (command: Command) => {
    if (command.ask !== undefined) return setAsking(command)
    close()
    command.run('')
  }
  return (
    <Modal.Root opened onClose={close} size={620} yOffset={90} padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Go to or do">
        {asking === null ? (
          <PaletteSearch onTake={take} onClose={close} />
        ) : (
          <PaletteAsk command={asking} onDone={close} />
        )}
      </Modal.Content>
    </Modal.Root>
  )
}

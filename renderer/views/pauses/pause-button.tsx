import { Button, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { PauseScope, PauseTarget } from '#shared/domain/pause.ts'
import styles from './pause-button.module.css'

/** What a pause of each kind does, told before it is made. */
const consequences: Record<PauseScope, string> = {
  everything: 'Nothing is written anywhere until somebody resumes. Events are still received, and wait in order.',
  connection: 'Nothing is written to it or read from it until somebody resumes. Its deliveries wait in order.',
  route: 'Its deliveries wait in order until somebody resumes.',
  source: 'Senders are told to come back later until somebody resumes; some give up after a while.',
}

interface Props {
  readonly target: PauseTarget
  /** How the target is called in front of a person. */
  readonly name: string
}

/** Pauses something with a reason, or lets it go on. */
export function PauseButton({ target, name }: Props) {
  const isPaused = useConsole(
    (state) => state.relay.health?.pauses.some(({ scope, id }) => scope === target.scope && id === target.id) ?? false,
  )
  return isPaused ? <Resume target={target} name={name} /> : <Pause target={target} name={name} />
}

function Resume({ target, name }: Props) {
  const resume = useConsole((state) => state.pauses.resume)
  return (
    <Button size="compact-sm" variant="filled" color="orange" onClick={() => void resume(target, name)}>
      {target.scope === 'everything' ? 'Resume everything' : 'Resume'}
    </Button>
  )
}

function Pause({ target, name }: Props) {
  const pause = useConsole((state) => state.pauses.pause)
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withArrow>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="pause" size={13} />}
          onClick={() => setOpen(!open)}
        >
          {target.scope === 'everything' ? 'Pause everything…' : 'Pause…'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            setOpen(false)
            setReason('')
            void pause(target, name, reason.trim())
          }}
        >
          <p>{consequences[target.scope]}</p>
          <TextInput
            data-autofocus
            size="xs"
            label="Why"
            placeholder="Maintenance until noon"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" color="orange" disabled={reason.trim() === ''}>
            Pause
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

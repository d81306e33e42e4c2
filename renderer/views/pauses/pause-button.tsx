import { Button } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { ReasonPopover } from '#renderer/parts/reason-popover.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { PauseScope, PauseTarget } from '#shared/domain/pause.ts'
import { ResumeButton } from './resume-button.tsx'

/** What a pause of each kind does, told before it is made. */
const consequences: Record<PauseScope, string> = {
  everything: 'Nothing is written anywhere until somebody resumes. Events are still received, and wait in order.',
  connection: 'Nothing is written to it or read from it until somebody resumes. Its deliveries wait in order.',
  route: 'Its deliveries wait in order until somebody resumes.',
  source:
    'Until somebody resumes, senders are told to come back later (some give up after a while), and the deliveries of what it brought before wait in order.',
}

/** The header is denser than cards are. */
const sizeOf = ({ scope }: PauseTarget) => (scope === 'everything' ? 'compact-xs' : 'compact-sm')

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
  return isPaused ? (
    <ResumeButton
      target={target}
      name={name}
      label={target.scope === 'everything' ? 'Resume everything' : 'Resume'}
      size={sizeOf(target)}
    />
  ) : (
    <Pause target={target} name={name} />
  )
}

function Pause({ target, name }: Props) {
  const pause = useConsole((state) => state.pauses.pause)
  return (
    <ReasonPopover
      consequence={consequences[target.scope]}
      example="Maintenance until noon"
      confirm={{ label: 'Pause', color: 'orange' }}
      onConfirm={(reason) => void pause(target, name, reason)}
      trigger={(toggle) => (
        <Button size={sizeOf(target)} variant="default" leftSection={<Icon name="pause" size={12} />} onClick={toggle}>
          {target.scope === 'everything' ? 'Pause everything…' : 'Pause…'}
        </Button>
      )}
    />
  )
}

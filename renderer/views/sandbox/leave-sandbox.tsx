import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { leaveWords } from '#renderer/state/sandbox-slice.ts'

interface Props {
  readonly label: string
  readonly size: 'compact-xs' | 'compact-sm' | 'xs'
  readonly variant?: 'default' | 'filled'
  readonly className?: string | undefined
}

/** Goes back to the real systems, after saying what goes out there by that; where none is connected, there is nothing to say. */
export function LeaveSandbox({ label, size, variant = 'default', className = '' }: Props) {
  const { leave, switching } = useConsole((state) => state.sandbox)
  const real = useConsole((state) => state.relay.health?.sandbox?.real ?? null)
  const button = (onClick: () => void) => (
    <Button className={className} size={size} variant={variant} loading={switching} onClick={onClick}>
      {label}
    </Button>
  )
  if (real === null) return button(() => void leave())
  return (
    <Confirm
      title="Leave the sandbox"
      consequence={leaveWords(real)}
      confirm={{ label: 'Leave the sandbox' }}
      onConfirm={leave}
      trigger={button}
    />
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { resumeWords } from '#renderer/state/pause-words.ts'
import type { PauseTarget } from '#shared/domain/pause.ts'

interface Props {
  readonly target: PauseTarget
  /** How the target is called in front of a person, as a sentence begins with it. */
  readonly name: string
  readonly label?: string
  readonly size: 'compact-xs' | 'compact-sm'
  readonly onDone?: () => void
}

/** Ends a pause. Where deliveries go out by that, it says first how many. */
export function ResumeButton({ target, name, label = 'Resume', size, onDone }: Props) {
  const { held, resume } = useConsole((state) => state.pauses)
  const [counting, setCounting] = useState(false)
  const [many, setMany] = useState<number | null>(null)
  const goOn = () => void resume(target, name).then(onDone)
  const count = async (ask: () => void) => {
    setCounting(true)
    const waiting = await held(target)
    setCounting(false)
    if (waiting === 0) return goOn()
    setMany(waiting)
    ask()
  }
  return (
    <Confirm
      title={label}
      consequence={resumeWords(name, many)}
      confirm={{ label, color: 'orange' }}
      onConfirm={goOn}
      trigger={(open) => (
        <Button size={size} variant="filled" color="orange" loading={counting} onClick={() => void count(open)}>
          {label}
        </Button>
      )}
    />
  )
}

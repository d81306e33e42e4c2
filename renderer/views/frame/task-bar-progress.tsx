import { useEffect } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import { useShellState } from '#renderer/state/shell-state.ts'
import { taskBarPart } from '#renderer/state/task-bar-part.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { Shell } from '#shared/contract/shell.ts'

/** How often replays are looked at (ms). */
const everyMs = 5_000

/** In the desktop app: how far what takes long has come, on the window's button in the task bar. */
export function TaskBarProgress() {
  const shell = findShell()
  return shell === null ? null : <Shown shell={shell} />
}

function Shown({ shell }: { shell: Shell }) {
  const { value } = useAnswer('replays for the task bar', (call) => call.replays.list({ limit: 10 }), everyMs)
  const part = taskBarPart(useShellState()?.update ?? null, value?.items ?? [])
  useEffect(() => {
    // It is an ornament; a task bar that can't show it is no failure of anything.
    shell.showProgress(part).catch(() => undefined)
  }, [part, shell])
  return null
}

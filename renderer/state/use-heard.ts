import { useConsole } from './console-context.ts'
import { useShellState } from './shell-state.ts'

/** Whether what was heard of the relay is how it is: the link is open and, in the desktop app, its process has not ended since. */
export function useHeard(): boolean {
  const link = useConsole((state) => state.relay.link)
  const shell = useShellState()
  return link === 'open' && (shell === null || ['ready', 'attached', 'stopping'].includes(shell.relay.phase))
}

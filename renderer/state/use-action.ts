import { useCallback, useState } from 'react'
import type { HostClient } from '#renderer/client/host-client.ts'
import { useCall, useConsole } from './console-context.ts'
import type { Notice } from './notices-slice.ts'

/** What to tell when an action is done; null: its effect is in sight anyway. */
type Told =
  { readonly sentence: string; readonly link?: Notice['link']; readonly action?: Notice['action'] } | string | null

/**
 * Runs a person's action on the host and tells what came of it: `[run, busy]`. `run` answers what the host answered, or null when it
 * failed; then a notice has said why, beginning with `failure` ("The mapping could not be saved.").
 */
export function useAction(): readonly [
  <T>(failure: string, work: (call: HostClient['call']) => Promise<T>, done?: (answer: T) => Told) => Promise<T | null>,
  boolean,
] {
  const call = useCall()
  const { tell, warn } = useConsole((state) => state.notices)
  const [running, setRunning] = useState(0)
  const run = useCallback(
    async <T>(failure: string, work: (call: HostClient['call']) => Promise<T>, done?: (answer: T) => Told) => {
      setRunning((count) => count + 1)
      try {
        const answer = await work(call)
        const told = done?.(answer) ?? null
        if (typeof told === 'string') tell(told)
        else if (told !== null) tell(told.sentence, told.link, told.action)
        return answer
      } catch (error) {
        warn(failure, error)
        return null
      } finally {
        setRunning((count) => count - 1)
      }
    },
    [call, tell, warn],
  )
  return [run, running > 0]
}

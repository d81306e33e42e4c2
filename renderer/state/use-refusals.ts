import { useEffect, useRef } from 'react'
import { useConsole } from './console-context.ts'

/** Has the list of refused requests asked for again when there are new ones; while somebody reads it, answers that there are instead. */
export function useRefusals(reload: () => void, isReading: boolean): boolean {
  const refused = useConsole((state) => state.relay.health?.sources.reduce((sum, source) => sum + source.rejections, 0))
  const listed = useRef(refused)
  const hasNews = listed.current !== refused
  useEffect(() => {
    if (isReading || listed.current === refused) return
    listed.current = refused
    reload()
  }, [refused, isReading, reload])
  return hasNews && isReading
}

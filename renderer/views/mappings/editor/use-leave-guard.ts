import { useEffect, useRef } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import { mappingAddress } from '#renderer/state/mappings/mapping-place.ts'

/**
 * Nothing is lost by leaving: at another screen a notice leads back to the draft, and the browser asks before the page itself goes.
 */
export function useLeaveGuard(changed: boolean, document: MappingDocument): void {
  const tell = useConsole((state) => state.notices.tell)
  const latest = useRef({ changed, document })
  latest.current = { changed, document }
  useEffect(() => {
    if (!changed) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [changed])
  useEffect(
    () => () => {
      const { changed: isChanged, document: left } = latest.current
      if (!isChanged) return
      tell(`Your changes to ${left.name} are not saved. They wait as a draft.`, {
        label: 'Back to the draft',
        hash: mappingAddress(left.id),
      })
    },
    [tell],
  )
}

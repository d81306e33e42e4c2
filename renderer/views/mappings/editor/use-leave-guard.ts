import { useEffect, useRef } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { mappingAddress } from '#renderer/state/mappings/mapping-place.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'

/**
 * Nothing is lost by leaving: at another screen a notice leads back to the draft, and the browser asks before the page itself goes.
 * @param field of the row that is open; the way back leads there.
 */
export function useLeaveGuard(changed: boolean, { id, name }: MappingDocument, field: string | undefined): void {
  const { tell, dismiss, list } = useConsole((state) => state.notices)
  const latest = useRef({ changed, name, field, list })
  latest.current = { changed, name, field, list }
  useEffect(() => {
    if (!changed) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [changed])
  useEffect(() => {
    // Whoever is back needs no way back any more.
    const isWayBack = (hash: string | undefined) => hash?.split('?', 1)[0] === mappingAddress(id)
    for (const notice of latest.current.list) if (isWayBack(notice.link?.hash)) dismiss(notice.id)
    return () => {
      const left = latest.current
      if (!left.changed) return
      tell(`Your changes to ${left.name} are not saved. They wait as a draft.`, {
        label: 'Back to the draft',
        hash: mappingAddress(id, left.field === undefined ? {} : { field: left.field }),
      })
    }
  }, [id, tell, dismiss])
}

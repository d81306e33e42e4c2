import { useEffect, useRef } from 'react'
import { useConsole } from './console-context.ts'

interface Guarded {
  readonly changed: boolean
  /** What is edited, as people call it. */
  readonly name: string
  /** Where it is edited; with a query, the way back leads to a part of it. */
  readonly address: string
  /** What of it does not wait with the rest. */
  readonly leftOut?: string
}

/** Nothing is lost by leaving: at another screen a notice leads back to the draft, and the browser asks before the page itself goes. */
export function useLeaveGuard({ changed, name, address, leftOut }: Guarded): void {
  const { tell, dismiss, list } = useConsole((state) => state.notices)
  const latest = useRef({ changed, name, address, leftOut, list })
  latest.current = { changed, name, address, leftOut, list }
  useEffect(() => {
    if (!changed) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [changed])
  const page = pageOf(address)
  useEffect(() => {
    // Whoever is back needs no way back any more.
    for (const { id, link } of latest.current.list) {
      if (link !== undefined && pageOf(link.hash) === page) dismiss(id)
    }
    return () => {
      const left = latest.current
      if (!left.changed) return
      const without = left.leftOut === undefined ? '' : `, without ${left.leftOut}`
      tell(`Your changes to ${left.name} are not saved. They wait as a draft${without}.`, {
        label: 'Back to the draft',
        hash: left.address,
      })
    }
  }, [page, tell, dismiss])
}

function pageOf(hash: string): string {
  return hash.split('?', 1)[0] ?? hash
}

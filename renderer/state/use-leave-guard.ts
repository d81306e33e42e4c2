import { useEffect, useRef } from 'react'
import { useConsole } from './console-context.ts'

interface Draft {
  /** What is said to somebody who has left. */
  readonly sentence: string
  /** Where the draft is edited, without a query. */
  readonly address: string
  /** Where the way back leads to within it; absent: to the address. */
  readonly back?: string
}

/** Nothing is lost by leaving: at another screen a notice leads back to the draft, and the browser asks before the page itself goes. */
export function useLeaveGuard(changed: boolean, { sentence, address, back = address }: Draft): void {
  const { tell, dismiss, list } = useConsole((state) => state.notices)
  const latest = useRef({ changed, sentence, back, list })
  latest.current = { changed, sentence, back, list }
  useEffect(() => {
    if (!changed) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [changed])
  useEffect(() => {
    // Whoever is back needs no way back any more.
    const isWayBack = (hash: string | undefined) => hash?.split('?', 1)[0] === address
    for (const notice of latest.current.list) if (isWayBack(notice.link?.hash)) dismiss(notice.id)
    return () => {
      const left = latest.current
      if (left.changed) tell(left.sentence, { label: 'Back to the draft', hash: left.back })
    }
  }, [address, tell, dismiss])
}

import { useCallback, useEffect, useRef, useState } from 'react'
import type { MappingBacktest } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import { useCall } from '../console-context.ts'

/** A backtest of a draft as it is now. A change of the draft makes the last one void. */
export interface Backtest {
  readonly result: MappingBacktest | null
  readonly running: boolean
  readonly failed: unknown
  run(): void
  stop(): void
}

interface Held {
  readonly document: MappingDocument | null
  readonly result: MappingBacktest | null
  readonly failed: unknown
  readonly running: boolean
}

const nothing: Held = { document: null, result: null, failed: null, running: false }

/** Events that a draft is compared on. */
const compared = 200

export function useBacktest(document: MappingDocument | null): Backtest {
  const call = useCall()
  const [held, setHeld] = useState<Held>(nothing)
  const stopper = useRef<AbortController | null>(null)
  const stop = useCallback(() => {
    stopper.current?.abort()
    stopper.current = null
    setHeld((last) => (last.running ? nothing : last))
  }, [])
  const run = useCallback(() => {
    if (document === null) return
    stopper.current?.abort()
    const mine = new AbortController()
    stopper.current = mine
    const { signal } = mine
    setHeld({ ...nothing, document, running: true })
    call.mappings
      .backtest({ document, limit: compared }, { signal })
      .then((result) => {
        if (!signal.aborted) setHeld({ document, result, failed: null, running: false })
      })
      .catch((failed: unknown) => {
        if (!signal.aborted) setHeld({ document, result: null, failed, running: false })
      })
  }, [call, document])
  useEffect(() => () => stopper.current?.abort(), [])
  const isCurrent = held.document !== null && held.document === document
  return { ...(isCurrent ? held : nothing), run, stop }
}

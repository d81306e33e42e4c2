import { useCallback, useEffect, useRef, useState } from 'react'
import { TextDocument } from '#renderer/documents/text-document.ts'
import type { HostClient } from '#renderer/client/host-client.ts'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { useCall, useConsole } from './console-context.ts'

/** The payload of an event: its beginning at first, and the whole on request. */
export interface Payload {
  /** null for a moment at first. */
  readonly doc: TextDocument | null
  /** The document is the beginning of a longer payload. */
  readonly isCut: boolean
  /** Bytes that have come of the whole; null while it is not being loaded. */
  readonly loaded: number | null
  readonly loadAll: () => void
  readonly stop: () => void
}

/** Takes a large payload in pieces, so that no single one keeps the window from painting. */
export function usePayload(event: Pick<EventDetail, 'id' | 'body' | 'bodyTruncated'>): Payload {
  const call = useCall()
  const warn = useConsole((state) => state.notices.warn)
  const [doc, setDoc] = useState<TextDocument | null>(null)
  const [whole, setWhole] = useState<TextDocument | null>(null)
  const [loaded, setLoaded] = useState<number | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const { id, body, bodyTruncated } = event

  useEffect(() => {
    const made = new TextDocument(body)
    setDoc(made)
    return () => made.close()
  }, [body])
  useEffect(() => () => stopper.current?.abort(), [id])
  useEffect(() => () => whole?.close(), [whole])

  const stop = useCallback(() => {
    stopper.current?.abort()
    setLoaded(null)
  }, [])
  const loadAll = useCallback(() => {
    stopper.current?.abort()
    const mine = new AbortController()
    stopper.current = mine
    setLoaded(0)
    const made = new TextDocument()
    readPieces(call, id, mine.signal, (text, bytes) => {
      made.add(text)
      setLoaded(bytes)
    })
      .then((isWhole) => {
        if (!isWhole) return made.close()
        setWhole(made)
        setLoaded(null)
      })
      .catch((error: unknown) => {
        made.close()
        if (mine.signal.aborted) return
        setLoaded(null)
        warn('The whole payload could not be loaded.', error)
      })
  }, [call, id, warn])

  return { doc: whole ?? doc, isCut: bodyTruncated && whole === null, loaded, loadAll, stop }
}

/** Hands on a body piece by piece, with the bytes so far; answers false when it was stopped. */
export async function readPieces(
  call: HostClient['call'],
  id: EventId,
  signal: AbortSignal,
  take: (text: string, bytes: number) => void,
): Promise<boolean> {
  for (let from: number | null = 0; from !== null;) {
    if (signal.aborted) return false
    const piece: Awaited<ReturnType<HostClient['call']['events']['bodyPiece']>> = await call.events.bodyPiece({
      id,
      from,
    })
    if (signal.aborted) return false
    take(piece.text, piece.next ?? piece.size)
    from = piece.next
  }
  return true
}

import { useEffect, useRef, useState } from 'react'
import type { Shown } from './document-desk.ts'
import type { Row } from './rows.ts'
import { TextDocument } from './text-document.ts'

/** A document of a text as long as it is in sight; null for a moment at first. */
export function useTextDocument(text: string): TextDocument | null {
  const [held, setHeld] = useState<TextDocument | null>(null)
  useEffect(() => {
    const made = new TextDocument(text)
    setHeld(made)
    return () => made.close()
  }, [text])
  return held
}

/** A document as it is laid out now. `version` grows whenever its rows may have changed. */
export interface Laid extends Shown {
  readonly version: number
}

interface Layouting {
  readonly laid: Laid | null
  readonly failed: unknown
  /** Rows were opened or closed: there are `count` now. */
  readonly changed: (count: number) => void
}

/** Has a document laid out in the way of `lay`, and again when `key` changes. */
export function useLayout(doc: TextDocument, key: string, lay: () => Promise<Shown>): Layouting {
  const [laid, setLaid] = useState<Laid | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const latest = useRef(lay)
  latest.current = lay
  useEffect(() => {
    let isCurrent = true
    setFailed(null)
    latest
      .current()
      .then((shown) => {
        if (isCurrent) setLaid((last) => ({ ...shown, version: (last?.version ?? 0) + 1 }))
      })
      .catch((thrown: unknown) => {
        if (isCurrent) setFailed(thrown)
      })
    return () => {
      isCurrent = false
    }
  }, [doc, key])
  const changed = (count: number): void =>
    // Rows come and go, none changes: as many as before are the same ones.
    setLaid((last) => (last === null || last.count === count ? last : { ...last, count, version: last.version + 1 }))
  return { laid, failed, changed }
}

interface HeldRows {
  readonly version: number
  readonly from: number
  readonly rows: readonly Row[]
}

/** Rows beyond those in sight that are held, so that a short way needs no asking. */
const beyond = 150
const none: HeldRows = { version: -1, from: 0, rows: [] }

/** The rows from `from` to `to` as far as they are there; asked for in stretches as a person scrolls. */
export function useRows(doc: TextDocument, laid: Laid, from: number, to: number): (index: number) => Row | undefined {
  const [held, setHeld] = useState<HeldRows>(none)
  const asked = useRef(0)
  const isHeld =
    held.version === laid.version && from >= held.from && Math.min(to, laid.count) <= held.from + held.rows.length
  useEffect(() => {
    if (isHeld) return
    const mine = (asked.current += 1)
    const start = Math.max(0, from - beyond)
    doc
      .rows(start, to + beyond)
      .then((rows) => {
        if (mine === asked.current) setHeld({ version: laid.version, from: start, rows })
      })
      .catch(() => undefined)
  }, [doc, laid.version, from, to, isHeld])
  return (index) => held.rows[index - held.from]
}

import { SegmentedControl } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Row, TreeStep } from '#renderer/documents/rows.ts'
import type { TextDocument } from '#renderer/documents/text-document.ts'
import { useLayout } from '#renderer/documents/use-document.ts'
import { useScroller } from '#renderer/documents/use-scroller.ts'
import { CopyButton } from './copy-button.tsx'
import { DocumentFind } from './document-find.tsx'
import { DocumentRows } from './document-rows.tsx'
import { LoadFailure } from './load-failure.tsx'
import styles from './document-view.module.css'

interface Props {
  /** What it shows, for screen readers. */
  readonly label: string
  readonly doc: TextDocument
  /** The text is the beginning of a longer one. */
  readonly isCut?: boolean
  /** Buttons at the right, above. */
  readonly tools?: ReactNode
}

/** Pixels beside the text: line numbers and edges. */
const margin = 80

/** A document as a tree or as the text it is, however large; with a way to find words, and to copy a value and the path to it. */
export function DocumentView({ label, doc, isCut = false, tools }: Props) {
  const [wanted, setWanted] = useState<'tree' | 'text'>('tree')
  const [round, setRound] = useState(0)
  const [picked, setPicked] = useState<{ readonly index: number; readonly row: Row | undefined }>(nothing)
  /** The row that is picked once all steps that were asked for are done: keys may come faster than answers. */
  const place = useRef(Promise.resolve(nothing.index))
  const [total, setTotal] = useState(0)
  const scroller = useScroller(total, margin)
  const { columns } = scroller
  // Text is broken at the edge of the box; a tree is not.
  const key = `${wanted} ${wanted === 'text' ? columns : ''} ${isCut} ${round}`
  const { laid, failed, changed } = useLayout(doc, key, () => doc.show(wanted, columns || 80, isCut))
  if (laid !== null && laid.count !== total) setTotal(laid.count)

  // After the rows are there: a place that was found may have had to be opened first.
  const { reveal } = scroller
  const revealLatest = useRef(reveal)
  revealLatest.current = reveal
  useEffect(() => {
    if (picked.index >= 0) revealLatest.current(picked.index)
  }, [picked])

  if (failed !== null) return <LoadFailure what={label} error={failed} again={() => setRound(round + 1)} />
  const isTree = laid?.as === 'tree'
  const path = isTree && picked.row?.kind === 'tree' ? picked.row.path : ''
  const pick = (index: number, row: Row | undefined) => {
    place.current = Promise.resolve(index)
    setPicked({ index, row })
  }
  const step = (wanted: TreeStep) => {
    const go = async (from: number) => {
      const { at, row, count } = await doc.step(from, wanted)
      changed(count)
      setPicked({ index: at, row })
      return at
    }
    place.current = place.current.then((from) => go(from).catch(() => from))
  }
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        {laid?.kind === 'json' && (
          <SegmentedControl
            size="xs"
            aria-label="How it is shown"
            value={wanted}
            onChange={(value) => {
              setWanted(value === 'text' ? 'text' : 'tree')
              pick(nothing.index, nothing.row)
            }}
            data={[
              { value: 'tree', label: 'Tree' },
              { value: 'text', label: 'Text' },
            ]}
          />
        )}
        <DocumentFind
          onFind={async (words) => {
            const found = await doc.find(words, picked.index)
            changed(found.count)
            if (found.row === null) return false
            const [row] = await doc.rows(found.row, found.row + 1)
            pick(found.row, row)
            return true
          }}
        />
        <div className={styles.tools}>{tools}</div>
      </div>
      <div className={styles.frame}>
        {laid === null ? (
          <div ref={scroller.box} className={styles.blank} role="status" aria-label={`${label} is being read`} />
        ) : (
          <DocumentRows
            // Another way to show it begins at the top.
            key={laid.as}
            label={label}
            doc={doc}
            laid={laid}
            scroller={scroller}
            picked={picked.index}
            onPick={pick}
            onToggle={(index) => void doc.toggle(index).then(changed)}
            onStep={step}
          />
        )}
        {path !== '' && (
          <div className={styles.foot}>
            <code title={path}>{path}</code>
            <CopyButton text={path} what="the path" label="Copy path" />
            <CopyButton text={() => doc.copy(picked.index)} what="the value" label="Copy value" />
          </div>
        )}
      </div>
    </div>
  )
}

const nothing = { index: -1, row: undefined }

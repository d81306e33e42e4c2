import { useTextDocument, useLayout } from '#renderer/documents/use-document.ts'
import { useScroller } from '#renderer/documents/use-scroller.ts'
import type { TextDocument } from '#renderer/documents/text-document.ts'
import { lazy, Suspense, useState } from 'react'
import { DocumentRows } from './document-rows.tsx'
import { LoadFailure } from './load-failure.tsx'
import styles from './text-diff.module.css'

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }))

interface Props {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** Characters of both texts together that are compared in place; larger ones are compared beside the window's own work. */
const mostInPlace = 20_000

/** Two texts as one, with what went and what came, however large they are. */
export function TextDiff({ label, before, after }: Props) {
  if (before.length + after.length <= mostInPlace)
    return (
      <Suspense>
        <DiffView label={label} before={before} after={after} maxHeight={260} />
      </Suspense>
    )
  return <LargeDiff label={label} before={before} after={after} />
}

function LargeDiff(props: Props) {
  const doc = useTextDocument('')
  return doc === null ? null : <Compared doc={doc} {...props} />
}

function Compared({ doc, label, before, after }: Props & { doc: TextDocument }) {
  const [round, setRound] = useState(0)
  const [total, setTotal] = useState(0)
  const scroller = useScroller(total, 48)
  const { columns } = scroller
  const key = `${columns} ${round} ${before.length} ${after.length}`
  const { laid, failed } = useLayout(doc, key, () => doc.compare(before, after, columns || 80))
  if (laid !== null && laid.count !== total) setTotal(laid.count)
  if (failed !== null) return <LoadFailure what={label} error={failed} again={() => setRound(round + 1)} />
  return (
    <div className={styles.large}>
      {laid === null ? (
        <div ref={scroller.box} className={styles.blank} />
      ) : (
        <DocumentRows
          label={label}
          doc={doc}
          laid={laid}
          scroller={scroller}
          picked={-1}
          onPick={() => undefined}
          onToggle={() => undefined}
          onStep={() => undefined}
        />
      )}
    </div>
  )
}

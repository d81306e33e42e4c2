import type { KeyboardEvent } from 'react'
import type { DiffRow, Row, TextRow, TreeRow, TreeStep } from '#renderer/documents/rows.ts'
import type { TextDocument } from '#renderer/documents/text-document.ts'
import { useRows, type Laid } from '#renderer/documents/use-document.ts'
import { rowHeight, type useScroller } from '#renderer/documents/use-scroller.ts'
import { count } from '#renderer/state/wording.ts'
import styles from './document-rows.module.css'

interface Props {
  readonly label: string
  readonly doc: TextDocument
  readonly laid: Laid
  readonly scroller: ReturnType<typeof useScroller>
  /** The row that is picked; -1: none. */
  readonly picked: number
  readonly onPick: (index: number, row: Row | undefined) => void
  readonly onToggle: (index: number) => void
  /** A key asks for a step from the row that the one before led to, which may not be drawn yet. */
  readonly onStep: (step: TreeStep) => void
}

/** Rows of a document, of which only those in sight are drawn. In a tree, arrows move, open and close. */
export function DocumentRows({ label, doc, laid, scroller, picked, onPick, onStep, onToggle }: Props) {
  const { from, to } = scroller
  const rowAt = useRows(doc, laid, from, to)
  const isTree = laid.as === 'tree'

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isTree || event.ctrlKey || event.altKey || event.metaKey) return
    const step = stepOf(event.key, Math.max(1, to - from - 18))
    if (step === undefined) return
    onStep(step)
    event.preventDefault()
  }

  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role says which of two it is
    <div
      ref={scroller.box}
      className={styles.box}
      tabIndex={0}
      role={isTree ? 'tree' : 'group'}
      aria-label={label}
      aria-activedescendant={isTree && picked >= from && picked < to ? `${label}-${picked}` : undefined}
      onKeyDown={onKeyDown}
    >
      <span ref={scroller.probe} className={styles.probe} aria-hidden="true">
        0000000000
      </span>
      <div className={styles.rows} style={{ height: scroller.height }}>
        {indexes.map((index) => {
          const row = rowAt(index)
          const shared = { id: `${label}-${index}`, top: scroller.topOf(index), isPicked: index === picked }
          if (row?.kind === 'tree')
            return (
              <TreeLine
                key={index}
                {...shared}
                row={row}
                onClick={() => {
                  onPick(index, row)
                  if (row.open !== null) onToggle(index)
                }}
              />
            )
          if (row?.kind === 'text') return <TextLine key={index} {...shared} row={row} />
          if (row?.kind === 'diff') return <DiffLine key={index} {...shared} row={row} />
          return null
        })}
      </div>
    </div>
  )
}

interface LineProps<Kind> {
  readonly id: string
  readonly row: Kind
  readonly top: number
  readonly isPicked: boolean
}

function TreeLine({ id, row, top, isPicked, onClick }: LineProps<TreeRow> & { onClick: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around it has the keys
    <div
      id={id}
      className={styles.row}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-selected={isPicked}
      aria-expanded={row.open ?? undefined}
      style={{ height: rowHeight, transform: `translateY(${top}px)`, paddingLeft: 10 + Math.min(row.depth, 24) * 14 }}
      onClick={onClick}
    >
      <span className={styles.sign} aria-hidden="true">
        {row.open === null ? '' : row.open ? '−' : '+'}
      </span>
      {row.name !== null && <span className={styles.name}>{row.name}:&nbsp;</span>}
      <span className={styles.value} data-type={row.type} title={row.size > 60 ? row.text : undefined}>
        {row.type === 'object'
          ? `{ ${count(row.size, 'field')} }`
          : row.type === 'list'
            ? `[ ${count(row.size, 'item')} ]`
            : row.text}
        {row.isText && ' as text'}
      </span>
    </div>
  )
}

function TextLine({ id, row, top, isPicked }: LineProps<TextRow>) {
  return (
    <div
      id={id}
      className={styles.row}
      data-picked={isPicked}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
    >
      <span className={styles.number} aria-hidden="true">
        {row.line}
      </span>
      <span className={styles.text}>{row.text}</span>
    </div>
  )
}

const signs = { same: ' ', removed: '−', added: '+', fold: ' ' } as const

function DiffLine({ id, row, top, isPicked }: LineProps<DiffRow>) {
  return (
    <div
      id={id}
      className={styles.row}
      data-sign={row.sign}
      data-picked={isPicked}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
    >
      <span className={styles.mark}>{signs[row.sign]}</span>
      <span className={styles.text}>{row.text}</span>
    </div>
  )
}

/** What a key of a tree asks for; `page` rows are in sight. */
function stepOf(key: string, page: number): TreeStep | undefined {
  const steps: Record<string, TreeStep> = {
    ArrowDown: 1,
    ArrowUp: -1,
    ArrowRight: 'in',
    ArrowLeft: 'out',
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
    Enter: 'turn',
    ' ': 'turn',
  }
  return steps[key]
}

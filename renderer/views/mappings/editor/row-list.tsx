import { Button } from '@mantine/core'
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { withMovedRow, withNewRow, withoutRow } from '#renderer/state/mappings/draft-document.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { dragType, useEditor } from './editor-context.ts'
import { RowEditor } from './row-editor.tsx'
import { RowHead } from './row-head.tsx'
import styles from './row-list.module.css'

/** The rows of the mapping, one of them open. Arrows or j and k move, Enter opens, Alt with an arrow moves a row, Delete removes it. */
export function RowList() {
  const { document, edit, editRow, from, isKnown, select, selected, to, useField: take } = useEditor()
  const list = useRef<HTMLOListElement>(null)
  const [over, setOver] = useState<number | null>(null)
  const heads = () => [...(list.current?.querySelectorAll<HTMLButtonElement>('[data-row-head]') ?? [])]

  useEffect(() => {
    const row = list.current?.querySelector(`[data-row="${selected}"]`)
    if (!list.current || !row) return
    show(list.current, row)
    // What is found while somebody types grows the row, and would push away what they look at.
    const observer = new ResizeObserver(() => showPart(list.current, window.document.activeElement))
    observer.observe(row)
    return () => observer.disconnect()
  }, [selected, isKnown])

  const onKeyDown = (event: KeyboardEvent) => {
    const head = (event.target as HTMLElement).closest('[data-row-head]')
    const at = Number(head?.getAttribute('data-row-head') ?? NaN)
    if (head === null || Number.isNaN(at) || event.ctrlKey || event.metaKey) return
    const by = steps[event.key]
    if (by !== undefined) {
      event.preventDefault()
      if (event.altKey) {
        edit((draft) => withMovedRow(draft, at, by))
        if (selected === at) select(at + by)
      }
      heads()[at + by]?.focus()
    }
    if (event.key === 'Delete') {
      event.preventDefault()
      select(null)
      edit((draft) => withoutRow(draft, at))
      heads()[Math.max(0, at - 1)]?.focus()
    }
  }

  /** Onto a row: the field becomes what the row reads. Anywhere else: a row for it. */
  const onDrop = (event: DragEvent, at: number | null) => {
    const name = event.dataTransfer.getData(dragType)
    setOver(null)
    if (name === '' || isText(event)) return
    event.preventDefault()
    event.stopPropagation()
    if (at === null) take(name)
    else {
      editRow(at, (row) => ({ ...row, [from]: name }))
      select(at)
    }
  }
  const onDragOver = (event: DragEvent, at: number | null) => {
    if (!event.dataTransfer.types.includes(dragType) || isText(event)) return
    event.preventDefault()
    event.stopPropagation()
    setOver(at)
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop on; keys have the field tree
    <section
      className={styles.zone}
      aria-label="Rows"
      onDragOver={(event) => onDragOver(event, null)}
      onDragLeave={() => setOver(null)}
      onDrop={(event) => onDrop(event, null)}
    >
      <header className={styles.head}>
        <span>{systemTitle[from]}</span>
        <span />
        <span>{systemTitle[to]}</span>
        <span>How</span>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => {
            edit((draft) => withNewRow(draft, draft.fields.length, { salesforce: '', connectwise: '' }))
            select(document.fields.length)
          }}
        >
          Row
        </Button>
      </header>
      {document.fields.length === 0 && (
        <EmptyState icon="mappings" title="No rows yet">
          A row carries one field. Click a field at the left to begin.
        </EmptyState>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the buttons inside */}
      <ol
        className={styles.rows}
        ref={list}
        onKeyDown={onKeyDown}
        onFocus={(event) => showPart(list.current, event.target)}
      >
        {document.fields.map((row, at) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop on, as above
          <li
            // Rows have no name of their own: two may join the same fields.
            key={at}
            data-row={at}
            className={styles.row}
            data-open={at === selected}
            data-over={at === over}
            onDragOver={(event) => onDragOver(event, at)}
            onDrop={(event) => onDrop(event, at)}
          >
            <RowHead row={row} at={at} />
            {at === selected && <RowEditor row={row} at={at} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Shows the part of a row that somebody works in, with what is said about it. */
function showPart(list: HTMLElement | null, focused: Element | null) {
  const part = focused?.closest('[data-in-sight]')
  if (list && part && list.contains(part)) show(list, part)
}

/** Scrolls as little as it takes to show a whole row or part, or, where it is higher than the list, its beginning. */
function show(list: HTMLElement, shown: Element) {
  const [box, place] = [list.getBoundingClientRect(), shown.getBoundingClientRect()]
  const above = place.top - box.top
  if (above < 0) list.scrollTop += above
  else if (place.bottom > box.bottom) list.scrollTop += Math.min(above, place.bottom - box.bottom)
}

const steps: Record<string, 1 | -1> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** Text is dropped into an editor or an input by itself. */
function isText(event: DragEvent): boolean {
  return (event.target as HTMLElement).closest('.cm-editor, input, textarea') !== null
}

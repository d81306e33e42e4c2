import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Tick, type TickState } from './tick.tsx'
import styles from './data-list.module.css'

/** A column: how wide it is (a CSS grid track such as `120px` or `minmax(0, 1fr)`), and what stands in it. */
export interface Column<Item> {
  readonly name: string
  readonly title: string
  readonly width: string
  readonly cell: (item: Item) => ReactNode
}

interface Props<Item> {
  /** What is listed, for screen readers. */
  readonly label: string
  readonly columns: readonly Column<Item>[]
  readonly items: readonly Item[]
  readonly idOf: (item: Item) => string | number
  /** Opens an item, by click or Enter. */
  readonly onOpen?: (item: Item) => void
  readonly openId?: string | number | null
  /** Asked for when the end comes near; to be left out when everything is there. */
  readonly onEnd?: () => void
  /** What stands below the last row: "Loading older…", "This is the oldest one." */
  readonly foot?: ReactNode
  readonly rowHeight?: number
  /** Ticks before the rows. The keys are Space, and Shift with Space for all rows between. */
  readonly ticks?: Ticks<Item>
}

/** Which rows are ticked, and what ticking does. */
export interface Ticks<Item> {
  readonly isTicked: (item: Item) => boolean
  readonly tick: (item: Item, isRange: boolean) => void
  readonly all: TickState
  readonly tickAll: () => void
  /** Names the row, for screen readers. */
  readonly nameOf: (item: Item) => string
}

/** How near the end of the rows, in rows, more are asked for. */
const reach = 20

/**
 * A list of rows in columns that draws only what is in sight, however long it is. j, k and arrows move, Enter opens. Order and pages
 * are the host's; the list shows what it is given.
 */
export function DataList<Item>({ rowHeight = 36, ...props }: Props<Item>) {
  const { columns, foot, idOf, items, label, onEnd, onOpen, openId = null, ticks } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const virtual = useVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    overscan: 10,
  })
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? -1
  useEffect(() => {
    if (onEnd !== undefined && items.length > 0 && last >= items.length - reach) onEnd()
  }, [last, items.length, onEnd])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== event.currentTarget) return
    const item = items[at]
    if (event.key === ' ' && item !== undefined && ticks !== undefined) {
      event.preventDefault()
      return ticks.tick(item, event.shiftKey)
    }
    if (event.key === 'Enter' && item !== undefined) return onOpen?.(item)
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = Math.min(items.length - 1, Math.max(0, at + by))
    setAt(next)
    virtual.scrollToIndex(next, { align: 'auto' })
  }

  const widths = [...(ticks === undefined ? [] : ['16px']), ...columns.map((column) => column.width)]
  const grid = { gridTemplateColumns: widths.join(' ') }
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={onEnd === undefined ? items.length + 1 : -1}
        aria-activedescendant={drawn.some(({ index }) => index === at) ? `${label}-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className={styles.head} role="row" aria-rowindex={1} style={grid}>
          {ticks !== undefined && (
            <span role="columnheader">
              <Tick label="Select all" state={ticks.all} onTick={ticks.tickAll} />
            </span>
          )}
          {columns.map((column) => (
            <span key={column.name} role="columnheader">
              {column.title}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {drawn.map(({ index, start }) => {
            const item = items[index]
            if (item === undefined) return null
            const id = idOf(item)
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it has the keys
              <div
                key={id}
                id={`${label}-${index}`}
                className={styles.row}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === at || id === openId}
                data-opens={onOpen !== undefined}
                style={{ ...grid, height: rowHeight, transform: `translateY(${start}px)` }}
                onClick={() => {
                  setAt(index)
                  onOpen?.(item)
                }}
              >
                {ticks !== undefined && (
                  <span role="gridcell">
                    <Tick
                      label={`Select ${ticks.nameOf(item)}`}
                      state={ticks.isTicked(item) ? 'all' : 'none'}
                      onTick={(isRange) => {
                        setAt(index)
                        ticks.tick(item, isRange)
                      }}
                    />
                  </span>
                )}
                {columns.map((column) => (
                  <span key={column.name} role="gridcell">
                    {column.cell(item)}
                  </span>
                ))}
              </div>
            )
          })}
        </div>
        {foot !== undefined && <p className={styles.foot}>{foot}</p>}
      </div>
    </div>
  )
}

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }

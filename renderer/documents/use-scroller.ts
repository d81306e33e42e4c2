import { useEffect, useRef, useState, type RefObject } from 'react'

export const rowHeight = 20

/** Pixels that a browser scrolls through at most; what is longer moves faster than the bar. */
const mostPixels = 15_000_000
/** Rows drawn above and below those in sight. */
const overscan = 8

interface Scroller {
  /** To be given to the box that scrolls. */
  readonly box: (element: HTMLDivElement | null) => void
  /** Has the width of ten characters. */
  readonly probe: RefObject<HTMLSpanElement | null>
  /** Characters that fit in a line; 0 before it is known. */
  readonly columns: number
  readonly from: number
  readonly to: number
  /** Pixels of all rows together. */
  readonly height: number
  /** Pixels from the top at which a row stands. */
  readonly topOf: (index: number) => number
  /** Brings a row into sight, to the middle if it is far. */
  readonly reveal: (index: number) => void
}

/** Which of so many rows of one height are in sight, however many they are. */
export function useScroller(count: number, margin: number): Scroller {
  const [element, box] = useState<HTMLDivElement | null>(null)
  const probe = useRef<HTMLSpanElement>(null)
  const [top, setTop] = useState(0)
  const [size, setSize] = useState({ height: 0, columns: 0 })

  useEffect(() => {
    if (element === null) return
    setTop(element.scrollTop)
    const measure = (): void => {
      const character = (probe.current?.getBoundingClientRect().width ?? 0) / 10
      const fitting = character === 0 ? 80 : Math.floor((element.clientWidth - margin) / character)
      setSize({ height: element.clientHeight, columns: Math.max(24, fitting) })
    }
    const onScroll = (): void => setTop(element.scrollTop)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [element, margin])

  const all = count * rowHeight
  const height = Math.min(all, mostPixels)
  const factor = height > size.height ? (all - size.height) / (height - size.height) : 1
  const offset = Math.min(top, Math.max(0, height - size.height)) * factor
  const from = Math.max(0, Math.floor(offset / rowHeight) - overscan)
  return {
    box,
    probe,
    columns: size.columns,
    from,
    to: Math.min(count, Math.ceil((offset + size.height) / rowHeight) + overscan),
    height,
    topOf: (index) => index * rowHeight - offset + offset / factor,
    reveal: (index) => {
      const at = index * rowHeight
      if (element === null || (at >= offset && at + rowHeight <= offset + size.height)) return
      const isNear = at >= offset - 2 * rowHeight && at <= offset + size.height + rowHeight
      const wanted = isNear ? (at < offset ? at : at + rowHeight - size.height) : at - size.height / 2
      element.scrollTo({ top: wanted / factor })
    },
  }
}

import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { showTime } from '#renderer/parts/time-format.ts'
import type { HeatBucket } from '#renderer/state/heat.ts'
import { count } from '#renderer/state/wording.ts'
import styles from './heat-bars.module.css'

interface Props {
  /** The whole strip in words. */
  readonly label: string
  readonly bars: readonly HeatBucket[]
  /** The stretch that the list shows, as shares of the strip. */
  readonly shown: { readonly left: number; readonly right: number } | null
  /** Before this instant nothing was counted. */
  readonly countedFrom: number
  readonly onPick: (from: number, to: number) => void
  readonly onClear: () => void
}

/** Both ends of what is being chosen, as numbers of bars. */
interface Range {
  readonly start: number
  readonly end: number
}

/** Bars over time. The pointer chooses by click and drag; with the keyboard arrows move, Shift widens, Enter takes, Esc shows all. */
export function HeatBars({ label, bars, shown, countedFrom, onPick, onClear }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<Range | null>(null)
  const [isDragging, setDragging] = useState(false)
  const [isKeyed, setKeyed] = useState(false)
  const most = Math.max(1, ...bars.map((bar) => bar.total))
  const last = bars.length - 1
  const uncounted = uncountedShare(bars, countedFrom)

  const barAt = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return Math.min(last, Math.max(0, Math.floor(((event.clientX - left) / width) * bars.length)))
  }
  const take = ({ start, end }: Range) => {
    const from = bars[Math.min(start, end)]
    const to = bars[Math.max(start, end)]
    if (from !== undefined && to !== undefined) onPick(from.from, to.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by !== undefined) {
      const from = range ?? { start: last, end: last }
      const end = Math.min(last, Math.max(0, range === null ? last : from.end + by))
      setRange({ start: event.shiftKey ? from.start : end, end })
      setKeyed(true)
    } else if (event.key === 'Enter' && range !== null) take(range)
    else if (event.key === 'Escape') {
      setRange(null)
      onClear()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const at = range?.end ?? last
  return (
    <div className={styles.frame}>
      <div
        ref={box}
        className={styles.bars}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={Math.max(0, at)}
        aria-valuetext={range === null ? label : rangeWords(bars, range, countedFrom)}
        onKeyDown={onKeyDown}
        onBlur={() => setRange(null)}
        onPointerDown={(event) => {
          if (event.button !== 0 || bars.length === 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const start = barAt(event)
          setDragging(true)
          setRange({ start, end: start })
        }}
        onPointerMove={(event) => {
          if (bars.length === 0) return
          const end = barAt(event)
          setKeyed(false)
          setRange(isDragging && range !== null ? { start: range.start, end } : { start: end, end })
        }}
        onPointerUp={() => {
          if (isDragging && range !== null) take(range)
          setDragging(false)
        }}
        onPointerLeave={() => {
          if (!isDragging && !isKeyed) setRange(null)
        }}
      >
        {uncounted > 0 && (
          <span
            className={styles.uncounted}
            style={{ width: `${uncounted * 100}%` }}
            title="Not counted: there is too much to look through"
          />
        )}
        {shown !== null && (
          <span
            className={styles.shown}
            style={{ left: `${shown.left * 100}%`, width: `${(shown.right - shown.left) * 100}%` }}
          />
        )}
        {range !== null && (
          <span
            className={styles.range}
            style={{
              left: `${(Math.min(range.start, range.end) / bars.length) * 100}%`,
              width: `${((Math.abs(range.end - range.start) + 1) / bars.length) * 100}%`,
            }}
          />
        )}
        <svg className={styles.drawing} viewBox={`0 0 ${bars.length || 1} 100`} preserveAspectRatio="none" aria-hidden>
          {bars.map((bar, index) => (
            <Bar key={bar.from} bar={bar} at={index} most={most} />
          ))}
        </svg>
        {range !== null && (
          <span
            className={styles.tip}
            data-side={at > bars.length / 2 ? 'left' : 'right'}
            style={{ left: `${((at + 0.5) / bars.length) * 100}%` }}
          >
            {rangeWords(bars, range, countedFrom)}
          </span>
        )}
      </div>
      <div className={styles.times} aria-hidden>
        {[0, 0.25, 0.5, 0.75].map((share) => {
          const bar = bars[Math.floor(share * bars.length)]
          const left = { left: `${share * 100}%` }
          return (
            <span key={share} style={left}>
              {bar && timeWords(bar.from, (bars.at(-1)?.to ?? 0) - (bars[0]?.from ?? 0))}
            </span>
          )
        })}
        <span>now</span>
      </div>
    </div>
  )
}

/** How much of the strip, from its beginning, nobody has counted. */
function uncountedShare(bars: readonly HeatBucket[], countedFrom: number): number {
  const [first] = bars
  const last = bars.at(-1)
  if (first === undefined || last === undefined || countedFrom <= first.to) return 0
  return Math.min(1, (countedFrom - first.from) / (last.to - first.from))
}

/** One bar: failed ones at the foot, in sight however few they are; then those in progress, then the rest. */
function Bar({ bar: { total, failed, open }, at, most }: { bar: HeatBucket; at: number; most: number }) {
  if (total === 0) return null
  const height = Math.max(7, (total / most) * 100)
  const red = failed === 0 ? 0 : Math.min(height, Math.max(14, (failed / total) * height))
  const busy = Math.min(height - red, (open / total) * height)
  const x = at + 0.1
  return (
    <>
      <rect className={styles.rest} x={x} y={100 - height} width={0.8} height={height - red - busy} />
      <rect className={styles.open} x={x} y={100 - red - busy} width={0.8} height={busy} />
      <rect className={styles.failed} x={x} y={100 - red} width={0.8} height={red} />
    </>
  )
}

function rangeWords(bars: readonly HeatBucket[], { start, end }: Range, countedFrom: number): string {
  const some = bars.slice(Math.min(start, end), Math.max(start, end) + 1)
  const from = some[0]
  const to = some.at(-1)
  if (from === undefined || to === undefined) return ''
  const sum = (of: 'total' | 'failed') => some.reduce((all, bar) => all + bar[of], 0)
  const failed = sum('failed') === 0 ? '' : `, ${sum('failed').toLocaleString('en')} failed`
  const what = to.to <= countedFrom ? 'not counted, there is too much' : `${count(sum('total'), 'event')}${failed}`
  return `${timeWords(from.from, 0)} – ${timeWords(to.to, 0)}: ${what}`
}

/** Minutes within a day, days beyond. */
function timeWords(at: number, lengthMs: number): string {
  return lengthMs > 86_400_000 * 1.5 ? showTime.date(at) : showTime.shortMinute(at)
}

import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import uPlot, { type AlignedData, type Options } from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useConsole } from '../state/console-context.ts'
import { showTime } from './time-format.ts'
import styles from './chart.module.css'

export interface ChartLine {
  readonly label: string
  /** A colour with a meaning, as the name of a style variable: `--accent`. */
  readonly colour: string
  /** One value per instant; null where nothing is known. */
  readonly values: readonly (number | null)[]
  /** Draws the area below the line. */
  readonly filled?: boolean
  /** Marks each value and joins them over gaps, for what is measured now and then. */
  readonly dots?: boolean
}

interface Props {
  /** What it shows, in words, for those who don't see it; the figures of importance belong into text beside it. */
  readonly label: string
  /** Instants, ms since 1970, ascending. */
  readonly times: readonly number[]
  readonly lines: readonly ChartLine[]
  readonly height?: number
  /** Writes a value with its unit: `12 ms`. */
  readonly write?: (value: number) => string
  /** Limits drawn across, such as an alert's threshold. */
  readonly thresholds?: readonly { readonly label: string; readonly value: number }[]
  /** Stretches to stand out, ms since 1970: when an alert was open. */
  readonly bands?: readonly ChartBand[]
  /** Where the scale ends, for what can't be more: 100 %. Without it, a little above the highest. */
  readonly top?: number
  /** What may lie between two marks of the scale, ascending; without it, round decimal numbers. */
  readonly steps?: readonly number[]
}

export interface ChartBand {
  readonly from: number
  readonly to: number
}

const none: NonNullable<Props['thresholds']> = []

/** Values over time. */
export function Chart(props: Props) {
  const { label, times, lines, height = 140, write = String, thresholds = none, bands, top, steps } = props
  const box = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  const zone = useConsole((state) => state.time.zone)
  const data = useMemo(() => {
    const limits = thresholds.map(({ value }) => times.map(() => value))
    return [times.map((at) => at / 1_000), ...lines.map((line) => [...line.values]), ...limits] as AlignedData
  }, [times, lines, thresholds])
  const latest = useRef({ data, write })
  latest.current = { data, write }
  // Made anew when its shape changes, fed when only its values do.
  const shape = JSON.stringify([
    lines.map(({ label: name, colour, filled, dots }) => [name, colour, filled, dots]),
    height,
    scheme,
    thresholds,
    bands,
    top,
    steps,
    zone,
  ])
  const plot = useRef<uPlot | null>(null)

  useEffect(() => {
    const element = box.current
    if (element === null) return
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
    const show = (value: number) => latest.current.write(value)
    const made = new uPlot(
      optionsOf({ element, height, lines, thresholds, bands, top, steps, colour, show }),
      latest.current.data,
      element,
    )
    plot.current = made
    const resizer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    resizer.observe(element)
    return () => {
      resizer.disconnect()
      made.destroy()
      plot.current = null
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `shape` stands for lines, height, theme, zone, thresholds, bands, top and steps
  }, [shape])

  useEffect(() => plot.current?.setData(data), [data])
  return <div ref={box} className={styles.chart} role="img" aria-label={label} style={{ height }} />
}

interface Drawing {
  readonly element: HTMLElement
  readonly height: number
  readonly lines: readonly ChartLine[]
  readonly thresholds: NonNullable<Props['thresholds']>
  readonly bands: readonly ChartBand[] | undefined
  readonly top: number | undefined
  readonly steps: readonly number[] | undefined
  readonly colour: (name: string) => string
  readonly show: (value: number) => string
}

function optionsOf({ element, height, lines, thresholds, bands = [], top, steps, colour, show }: Drawing): Options {
  const axis = { stroke: colour('--ink-soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } }
  const font = '11px "Segoe UI", system-ui, sans-serif'
  const limits = thresholds.map((limit) => ({
    label: limit.label,
    stroke: colour('--removed-ink'),
    width: 1,
    dash: [5, 4],
    points: { show: false },
  }))
  const highestLimit = Math.max(0, ...thresholds.map(({ value }) => value))
  return {
    width: Math.max(element.clientWidth, 60),
    height,
    // Half a time fits beyond the last mark.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: { y: { range: (_plot, _min, max) => [0, top ?? Math.max(max ?? 0, highestLimit, 1) * 1.1] } },
    axes: [
      { ...axis, font, size: 26, values: (_plot, at) => marksOf(at) },
      {
        ...axis,
        font,
        size: 56,
        values: (_plot, ticks) => ticks.map(show),
        ...(steps !== undefined && { incrs: [...steps] }),
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: colour(line.colour),
        width: 1.75,
        points: line.dots === true ? { show: true, size: 4, fill: colour(line.colour) } : { show: false },
        spanGaps: line.dots === true,
        ...(line.filled === true && { fill: `color-mix(in srgb, ${colour(line.colour)} 14%, transparent)` }),
      })),
      ...limits,
    ],
    plugins: [tooltip(element, show), shading(bands, colour('--removed-fill'))],
  }
}

/** Days for what spans several, the clock for less. */
function marksOf(seconds: readonly number[]): string[] {
  const span = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0)
  const write = span > 2 * 86_400 ? showTime.date : showTime.minute
  return seconds.map((second) => write(second * 1_000))
}

/** Marks stretches of time behind the lines; a short one is still wide enough to be seen. */
function shading(bands: readonly ChartBand[], fill: string): uPlot.Plugin {
  return {
    hooks: {
      drawClear: ({ bbox, ctx, valToPos }) => {
        ctx.save()
        ctx.fillStyle = fill
        for (const { from, to } of bands) {
          const left = Math.max(valToPos(from / 1_000, 'x', true), bbox.left)
          const right = Math.min(valToPos(to / 1_000, 'x', true), bbox.left + bbox.width)
          if (right >= left) ctx.fillRect(left, bbox.top, Math.max(right - left, 3), bbox.height)
        }
        ctx.restore()
      },
    },
  }
}

/** The values under the pointer, in a box beside it. */
function tooltip(element: HTMLElement, show: (value: number) => string): uPlot.Plugin {
  const box = document.createElement('div')
  box.className = styles['tip'] ?? ''
  return {
    hooks: {
      init: () => element.append(box),
      destroy: () => box.remove(),
      setCursor: (plot) => {
        const { idx, left = -1 } = plot.cursor
        const at = idx === null || idx === undefined ? undefined : plot.data[0][idx]
        box.hidden = left < 0 || at === undefined || idx === null || idx === undefined
        if (box.hidden || at === undefined || idx === null || idx === undefined) return
        const values = plot.series.slice(1).map((series, index) => {
          const value = plot.data[index + 1]?.[idx]
          return `${typeof series.label === 'string' ? series.label : ''}: ${value === null || value === undefined ? '–' : show(value)}`
        })
        box.textContent = [showTime.short(at * 1_000), ...values].join('\n')
        box.style.left = `${Math.min(left + 64, element.clientWidth - box.offsetWidth - 8)}px`
      },
    },
  }
}

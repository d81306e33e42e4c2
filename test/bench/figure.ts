/** What the design asks of a figure. */
export interface Bar {
  readonly text: string
  isHeldBy(value: number): boolean
}

export const below = (limit: number): Bar => ({ text: `< ${limit}`, isHeldBy: (value) => value < limit })
export const atLeast = (limit: number): Bar => ({
  text: `>= ${limit.toFixed(1)}`,
  isHeldBy: (value) => value >= limit,
})
export const none: Bar = { text: '= 0', isHeldBy: (value) => value === 0 }

/** A figure before it is measured. */
export interface Aim {
  readonly name: string
  readonly unit: string
  readonly bar?: Bar
}

/** Why a figure could not be measured. */
export interface NotMeasured {
  readonly reason: string
}
export type Measured = number | NotMeasured

/** One measured figure, as a line of the table and of the JSON. `bar` and `holds` are null where the design names none. */
export interface Figure {
  readonly name: string
  /** null: not measured, for this `reason`. */
  readonly value: number | null
  readonly unit: string
  readonly bar: string | null
  readonly holds: boolean | null
  readonly reason?: string
}

export function toFigure({ name, unit, bar }: Aim, measured: Measured): Figure {
  const text = bar?.text ?? null
  // A figure of no calls at all is NaN, and JSON has no word for it.
  if (typeof measured === 'number' && Number.isFinite(measured))
    return { name, value: measured, unit, bar: text, holds: bar?.isHeldBy(measured) ?? null }
  const reason = typeof measured === 'number' ? 'Nothing was there to be measured.' : measured.reason
  return { name, value: null, unit, bar: text, holds: false, reason }
}

/** All figures as one table. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map(toRow)
  const all = [['figure', 'value', 'unit', 'bar', ''], ...rows]
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0))
  const [name, value, unit, bar] = [width(0), width(1), width(2), width(3)]
  return all
    .map((row) => {
      const [first = '', second = '', third = '', fourth = '', last = ''] = row
      return `${first.padEnd(name)}  ${second.padStart(value)} ${third.padEnd(unit)}  ${fourth.padEnd(bar)}  ${last}`.trimEnd()
    })
    .join('\n')
}

function toRow({ name, value, unit, bar, holds, reason }: Figure): string[] {
  const shown = value === null ? '-' : Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2)
  const verdict = holds === null ? '' : holds ? 'holds' : 'MISSED'
  return [name, shown, unit, bar ?? '', reason === undefined ? verdict : `not measured: ${reason.split('\n')[0]}`]
}

/** One measured figure. `bar` and `holds` where the design names one. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly bar?: string
  readonly holds?: boolean
}

/** A figure as a line of a table. */
export function formatFigure(figure: Figure): string {
  const value = Number.isInteger(figure.value) ? String(figure.value) : figure.value.toFixed(2)
  const bar = figure.bar === undefined ? '' : `   bar ${figure.bar}: ${figure.holds === true ? 'holds' : 'MISSED'}`
  return `${figure.name.padEnd(44)} ${value.padStart(10)} ${figure.unit.padEnd(4)}${bar}`
}

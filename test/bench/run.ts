import { cpus, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import packageJson from '../../package.json' with { type: 'json' }
import { measureEndToEnd } from './end-to-end.ts'
import { formatFigure, type Figure } from './figure.ts'
import { measureIntake } from './intake.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${type()} ${release()}, Node ${process.version}, Patchbay ${packageJson.version}`
console.log(machine)

const parts: readonly (() => Promise<Figure[]>)[] = [
  () => measureIntake(values.quick ? 5_000 : 20_000, values.quick ? 1 : 3),
  () => measureEndToEnd(10_000, values.quick ? 10 : 60),
]
const figures: Figure[] = []
for (const part of parts) {
  const measured = await part()
  for (const figure of measured) console.log(formatFigure(figure))
  figures.push(...measured)
}
if (values.json) {
  const rows = figures.map(({ name, value, unit, bar, holds }) => ({
    name,
    value,
    unit,
    bar: bar ?? null,
    holds: holds ?? null,
  }))
  console.log(JSON.stringify({ machine, figures: rows }))
}

/**
 * `npm run bench -- [--quick] [--json] [--only PART,PART]`: every figure of the relay and its console that the design names a bar for, as one table.
 * With `--json`, the last line is the same for programs.
 */
import { parseArgs } from 'node:util'
import { endChildren } from '#test/support/children.ts'
import { BigFolder } from './big-folder.ts'
import { consolePart } from './console.ts'
import { endToEndPart } from './end-to-end.ts'
import { formatTable, type Figure } from './figure.ts'
import { Ground } from './ground.ts'
import { intakePart } from './intake.ts'
import { listsPart } from './lists.ts'
import { describeMachine } from './machine.ts'
import { memoryPart } from './memory.ts'
import { measure, type Part } from './part.ts'
import { replaysPart } from './replays.ts'
import { startPart } from './start.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const isQuick = values.quick
const began = performance.now()
const say = (line: string): void => console.log(`[${((performance.now() - began) / 1_000).toFixed(0)} s] ${line}`)
const bench = new Ground(say)
const big = new BigFolder(bench, isQuick)

const parts: Readonly<Record<string, Part>> = {
  intake: intakePart(isQuick),
  steady: endToEndPart({ perMinute: 10_000, seconds: isQuick ? 10 : 300, p99Below: 100 }),
  rush: endToEndPart({ perMinute: 30_000, seconds: isQuick ? 10 : 60, p99Below: 500 }),
  replays: replaysPart(isQuick),
  start: startPart(big, isQuick),
  lists: listsPart(big),
  memory: memoryPart(isQuick),
  console: consolePart(big, isQuick),
}

const chosen = values.only?.split(',') ?? Object.keys(parts)
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts: ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}

const machine = describeMachine()
console.log(machine)
const figures: Figure[] = []
let ground = bench
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    report()
    void ground
      .clear()
      .then(() => bench.clear())
      .finally(() => process.exit(1))
  })

for (const name of chosen) {
  const part = parts[name]
  if (part === undefined) continue
  say(`${name}: ${part.about}`)
  ground = new Ground((line) => say(`${name}: ${line}`))
  figures.push(...(await measure(part, ground)))
}
await bench.clear()
endChildren()
report()

/** Also when the bench is stopped: what was measured until then. */
function report(): void {
  const barred = figures.filter((figure) => figure.bar !== null)
  console.log(`\n${formatTable(figures)}\n`)
  console.log(`${barred.filter((figure) => figure.holds).length} of ${barred.length} bars hold`)
  if (values.json) console.log(JSON.stringify({ machine, figures }))
}

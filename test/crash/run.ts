/** `npm run test:crash -- [--rounds N] [--seed S]`: kills the host N times; the last line counts the rounds. */
import { parseArgs } from 'node:util'
import { crashRun } from './crash-run.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string' } } })
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
console.log(`Killing the host ${values.rounds} times under traffic; seed ${seed}.`)
const started = performance.now()
const report = await crashRun({ rounds: Number(values.rounds), seed, say: (line) => console.log(line) })
const seconds = Math.round((performance.now() - started) / 1_000)
console.log(`${report.acknowledged} events acknowledged, ${report.repeated} of them sent again, in ${seconds} s.`)
for (const [point, { aimed, struck }] of report.struck) {
  console.log(`${point.padEnd(12)} aimed at ${String(aimed).padStart(4)} times, struck ${String(struck).padStart(4)}`)
}
console.log(`${report.passed} passed, ${report.failed} failed`)
process.exit(report.failed === 0 ? 0 : 1)

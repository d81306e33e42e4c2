import { parseArgs } from 'node:util'
import { crashRun } from './crash-run.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string' } } })
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
console.log(`Killing the host ${values.rounds} times under traffic; seed ${seed}.`)
const report = await crashRun({ rounds: Number(values.rounds), seed, say: (line) => console.log(line) })
console.log(`${report.kills} kills, ${report.acknowledged} acknowledged events, ${report.duplicatesSent} sent twice.`)
for (const sentence of report.broken) console.log(`BROKEN (seed ${seed}): ${sentence}`)
const failed = report.broken.length === 0 ? 0 : 1
console.log(`${1 - failed} passed, ${failed} failed`)
process.exit(failed)

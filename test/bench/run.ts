/**
 * `npm run bench -- [--quick] [--json] [--only PART,PART]`: every figure of the relay that the design names a bar for, as one table.
 * With `--json`, the last line is the same for programs.
 */
import { parseArgs } from 'node:util'
import { alertsPart } from './alerts.ts'
import { runBench } from './bench.ts'
import { BigFolder } from './big-folder.ts'
import { endToEndPart } from './end-to-end.ts'
import { intakePart } from './intake.ts'
import { listsPart } from './lists.ts'
import { memoryPart } from './memory.ts'
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

await runBench({
  only: values.only,
  json: values.json,
  parts: (ground) => {
    const big = new BigFolder(ground, isQuick)
    return {
      intake: intakePart(isQuick),
      steady: endToEndPart({ perMinute: 10_000, seconds: isQuick ? 10 : 300, p99Below: 100 }),
      rush: endToEndPart({ perMinute: 30_000, seconds: isQuick ? 10 : 60, p99Below: 500 }),
      replays: replaysPart(isQuick),
      start: startPart(big, isQuick),
      lists: listsPart(big),
      memory: memoryPart(isQuick),
      alerts: alertsPart(isQuick),
    }
  },
})

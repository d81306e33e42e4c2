/**
 * `npm run bench:console -- [--full] [--minutes N] [--json] [--only PART,PART]`: what a person in front of the console feels, measured in
 * headless Chromium, as one table. Small sizes unless `--full`; `--minutes` says how long events rush into the live list.
 */
import { parseArgs } from 'node:util'
import { buildIfOutdated, rendererBuild } from '#main/setup/build.ts'
import { runBench } from '../bench.ts'
import { BigFolder } from '../big-folder.ts'
import { livePart } from './live.ts'
import { pagesPart } from './pages.ts'
import { payloadPart } from './payload.ts'
import { scrollPart } from './scroll.ts'

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const minutes = Number(values.minutes ?? (values.full ? 5 : 0.5))
if (!(minutes > 0)) throw new Error('--minutes takes a number above 0.')

await buildIfOutdated(rendererBuild)
await runBench({
  only: values.only,
  json: values.json,
  parts: (ground) => {
    const big = new BigFolder(ground, !values.full)
    return {
      pages: pagesPart(big),
      scroll: scrollPart(big, values.full ? 15 : 5),
      live: livePart(minutes * 60),
      payload: payloadPart(),
    }
  },
})

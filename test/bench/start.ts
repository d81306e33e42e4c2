import { timedStart } from '#test/support/timed-start.ts'
import type { BigFolder } from './big-folder.ts'
import { below } from './figure.ts'
import type { Ground } from './ground.ts'
import { percentiles } from './load.ts'
import { definePart, type Part } from './part.ts'

/** How soon the receiver listens after a start with years of work in the database, and with nothing in it. */
export function startPart(big: BigFolder, isQuick: boolean): Part {
  const starts = isQuick ? 3 : 7
  const size = `${big.events.toLocaleString('en')} events and ${big.pending.toLocaleString('en')} pending`
  return definePart({
    about: `${starts} starts with ${size}, and with nothing, by turns`,
    aims: {
      median: { name: `receiver listening with ${size}`, unit: 'ms', bar: below(1_000) },
      slowest: { name: 'receiver listening, slowest of these starts', unit: 'ms' },
      empty: { name: 'receiver listening with nothing', unit: 'ms' },
      ratio: { name: 'receiver listening, ratio to nothing', unit: 'x' },
    },
    measure: (ground) => measureStart(ground, big, starts),
  })
}

async function measureStart(ground: Ground, big: BigFolder, starts: number) {
  const [full, empty] = [await big.path(), ground.folder()]
  const compileCache = ground.folder()
  const times: Record<'full' | 'empty', number[]> = { full: [], empty: [] }
  for (let count = 0; count <= starts; count += 1) {
    for (const [kind, folder] of [
      ['empty', empty],
      ['full', full],
    ] as const) {
      const { host, tookMs } = await timedStart(folder, compileCache)
      await host.stop()
      ground.say(`${kind}: ${tookMs.toFixed(0)} ms${count === 0 ? ' (not counted: sources are compiled)' : ''}`)
      if (count > 0) times[kind].push(tookMs)
    }
  }
  const [fullMs, emptyMs] = [percentiles(times.full).p50, percentiles(times.empty).p50]
  return { median: fullMs, slowest: Math.max(...times.full), empty: emptyMs, ratio: fullMs / emptyMs }
}

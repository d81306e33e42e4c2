import { temporaryFolder } from '#test/support/temporary.ts'
import { killPoints, type KillPoint } from './kill-points.ts'
import { crashSeries, type Round } from './series.ts'
import { SpareHosts } from './spare.ts'

export interface CrashOptions {
  readonly rounds: number
  readonly seed: number
  readonly say: (line: string) => void
}

/** What the run showed. */
export interface CrashReport {
  readonly passed: number
  readonly failed: number
  readonly acknowledged: number
  readonly repeated: number
  /** How often each point was aimed at, and how often the host died right there. */
  readonly struck: ReadonlyMap<KillPoint, { readonly aimed: number; readonly struck: number }>
  /** A sentence for each promise that did not hold, with the seed that repeats its series. */
  readonly broken: readonly string[]
}

/** Rounds in one world. A world stays small, so that looking through it takes no time, and what it did can be repeated. */
export const roundsInSeries = 25

/** Kills a working host `rounds` times, in series of their own, and looks whether anything was lost or done twice. */
export async function crashRun({ rounds, seed, say }: CrashOptions): Promise<CrashReport> {
  const scratch = temporaryFolder()
  const spares = new SpareHosts(scratch.path)
  const all: Round[] = []
  const broken: string[] = []
  let [acknowledged, repeated] = [0, 0]
  try {
    for (let index = 0; all.length < rounds; index += 1) {
      const started = performance.now()
      const size = Math.min(roundsInSeries, rounds - all.length)
      const report = await crashSeries({ rounds: size, seed: seed + index, spares })
      all.push(...report.rounds)
      acknowledged += report.acknowledged
      repeated += report.repeated
      const found = report.rounds.flatMap((round) => round.broken.map((text) => `(${round.point}) ${text}`))
      const how = `to repeat: npm run test:crash -- --rounds ${size} --seed ${seed + index}`
      broken.push(...found.map((text) => `${text}; ${how}`))
      const seconds = ((performance.now() - started) / 1_000).toFixed(1)
      say(
        `${all.length} rounds, ${acknowledged} events acknowledged, ${broken.length} broken; ${size} took ${seconds} s`,
      )
      for (const text of found) say(`BROKEN ${text}; ${how}`)
    }
  } finally {
    spares.close()
    scratch.remove()
  }
  const failed = all.filter((round) => round.broken.length > 0).length
  return { passed: all.length - failed, failed, acknowledged, repeated, struck: countStruck(all), broken }
}

function countStruck(rounds: readonly Round[]): CrashReport['struck'] {
  return new Map(
    killPoints.map((point) => {
      const aimed = rounds.filter((round) => round.point === point)
      return [point, { aimed: aimed.length, struck: aimed.filter((round) => round.struck).length }]
    }),
  )
}

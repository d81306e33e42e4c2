import { endChildren } from '#test/support/children.ts'
import { formatTable, type Figure } from './figure.ts'
import { Ground } from './ground.ts'
import { describeMachine } from './machine.ts'
import { measure, type Part } from './part.ts'

export interface BenchOptions {
  /** Names of parts, by commas; all when it is left out. */
  readonly only: string | undefined
  /** With the figures as JSON in the last line. */
  readonly json: boolean
  /** All parts; `ground` outlives each of them. */
  readonly parts: (ground: Ground) => Readonly<Record<string, Part>>
}

/** Measures the chosen parts one after the other and prints their figures as one table; also when it is stopped midway. */
export async function runBench({ only, json, parts: makeParts }: BenchOptions): Promise<void> {
  const began = performance.now()
  const say = (line: string): void => console.log(`[${((performance.now() - began) / 1_000).toFixed(0)} s] ${line}`)
  const bench = new Ground(say)
  const parts = makeParts(bench)
  const chosen = only?.split(',') ?? Object.keys(parts)
  const unknown = chosen.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}. The parts: ${Object.keys(parts).join(', ')}.`)
    process.exit(1)
  }

  const machine = describeMachine()
  console.log(machine)
  const figures: Figure[] = []
  const report = (): void => {
    const barred = figures.filter((figure) => figure.bar !== null)
    console.log(`\n${formatTable(figures)}\n`)
    console.log(`${barred.filter((figure) => figure.holds).length} of ${barred.length} bars hold`)
    if (json) console.log(JSON.stringify({ machine, figures }))
  }
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
}

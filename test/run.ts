/**
 * `npm test`: every suite, and the sum as the last line. `npm run test:unit` and `npm run test:e2e` run one of them, `npm run screenshots`
 * the walks that take the pictures of the docs; what follows on the command line goes to its runner.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfOutdated, desktopBuild, serviceBuild } from '#main/setup/build.ts'
import { root } from '#main/setup/ensure.mjs'
import { ensureChromium } from './support/chromium.ts'
import { walkTag } from './support/walk-tag.ts'
import { collectTally, sum, summaryLine, tallyEnvironment, type Tally } from './support/tally.ts'

/** A runner of tests; `options` are for node, its script first. */
interface Suite {
  readonly name: string
  readonly options: readonly string[]
  /** Makes ready what the suite needs; throws an Error that says what is missing. */
  readonly prepare?: () => Promise<void>
}

const vitestWith = (config: string): readonly string[] => [
  'node_modules/vitest/vitest.mjs',
  'run',
  `--config=${config}`,
  '--reporter=default',
  '--reporter=./test/support/vitest-tally.ts',
]
const vitest = vitestWith('test/vitest.config.ts')

const unit: Suite = { name: 'unit', options: [...vitest, '--exclude=test/{crash,durability}/**'] }

/** Kills and power cuts. Apart and one after the other: each keeps both processors of a small machine busy. */
const crash: Suite = { name: 'crash', options: [...vitest, '--no-file-parallelism', 'test/crash', 'test/durability'] }

const e2e: Suite = {
  name: 'e2e',
  options: [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config=test/playwright.config.ts',
    '--reporter=list,./test/support/playwright-tally.ts',
  ],
  prepare: async () => {
    process.env['PATCHBAY_CHROMIUM'] = ensureChromium()
    // With the console in it, which the headless host serves.
    await buildIfOutdated(desktopBuild)
    await buildIfOutdated(serviceBuild)
  },
}

/** The walks alone, with their pictures into docs/screenshots. */
const screenshots: Suite = {
  ...e2e,
  name: 'screenshots',
  options: [...e2e.options, `--grep=${walkTag}`],
  prepare: async () => {
    process.env['PATCHBAY_SCREENSHOTS'] = '1'
    await e2e.prepare?.()
  },
}

/** Slow ones about a million events, full disks and large bodies; not part of `npm test`. */
const storage: Suite = {
  ...unit,
  name: 'storage',
  options: vitestWith('test/storage/vitest.config.ts'),
}

/** Runs a suite to its end; one that can't be made ready or crashes counts as failed. */
async function runSuite(suite: Suite, options: readonly string[], folder: string): Promise<Tally> {
  process.stdout.write(`\n== ${suite.name}\n`)
  try {
    await suite.prepare?.()
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return { passed: 0, failed: 1, skipped: [] }
  }
  const file = join(folder, `${suite.name}.json`)
  const child = spawn(process.execPath, [...suite.options, ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...tallyEnvironment(file) },
  })
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  return collectTally(file, exitCode)
}

async function runAll(suites: readonly Suite[], options: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-tally-'))
  try {
    const tallies: Tally[] = []
    // One after the other: they would disturb each other's timing on a small machine.
    for (const suite of suites) tallies.push(await runSuite(suite, options, folder))
    return sum(tallies)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const all = [unit, crash, ...(existsSync(join(root, 'test/e2e')) ? [e2e] : [])]
const [first, ...rest] = process.argv.slice(2)
const chosen = [unit, e2e, storage, screenshots].find((suite) => suite.name === first)
const total = chosen === undefined ? await runAll(all, []) : await runAll([chosen], rest)

for (const name of total.unsteady ?? []) process.stdout.write(`passed at the second try only: ${name}\n`)
for (const skip of total.skipped) process.stdout.write(`skipped: ${skip.name}: ${skip.reason}\n`)
process.stdout.write(`\n${summaryLine(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0

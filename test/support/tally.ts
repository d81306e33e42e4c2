import { readFileSync, writeFileSync } from 'node:fs'

/** What a run of tests came to. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  /** Each test that did not run, with the reason it gave. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
  /** Those among the passed that failed at first. */
  readonly unsteady?: readonly string[]
}

/** Names the file that a reporter leaves its tally in. */
const tallyFileName = 'PATCHBAY_TALLY_FILE'

/** Environment for a runner whose tally is wanted in `file`. */
export function tallyEnvironment(file: string): Record<string, string> {
  return { [tallyFileName]: file }
}

/** Leaves the tally for whoever started the runner; nobody may have asked. */
export function leaveTally(tally: Tally): void {
  const file = process.env[tallyFileName]
  if (file !== undefined) writeFileSync(file, JSON.stringify(tally))
}

/**
 * The tally that a runner left. One that left none, or that ended badly without a failed test to show for it, counts as
 * one failure: it crashed, and what it did not get to is unknown.
 */
export function collectTally(file: string, exitCode: number): Tally {
  const tally = readTally(file)
  return tally.failed === 0 && exitCode !== 0 ? { ...tally, failed: 1 } : tally
}

function readTally(file: string): Tally {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally
  } catch {
    return { passed: 0, failed: 1, skipped: [] }
  }
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failed: tallies.reduce((total, tally) => total + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
    unsteady: tallies.flatMap((tally) => tally.unsteady ?? []),
  }
}

/** The line that ends a run; scripts read it. */
export function summaryLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`
}

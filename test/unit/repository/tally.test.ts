import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectTally, sum, summaryLine, type Tally } from '#test/support/tally.ts'

const good: Tally = { passed: 3, failed: 0, skipped: [{ name: 'a', reason: 'no such platform' }] }

describe('collectTally', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'patchbay-tally-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function leave(text: string): string {
    const file = join(folder, 'tally.json')
    writeFileSync(file, text)
    return file
  }

  it('takes what the runner left', () => {
    expect(collectTally(leave(JSON.stringify(good)), 0)).toEqual(good)
  })

  it('counts a runner that left nothing as a failure, even with exit code 0', () => {
    expect(collectTally(join(folder, 'absent.json'), 0).failed).toBe(1)
  })

  it('counts a runner that left half a file as a failure', () => {
    expect(collectTally(leave('{"passed": 3'), 1).failed).toBe(1)
  })

  it('counts a bad end without a failed test as a failure', () => {
    expect(collectTally(leave(JSON.stringify(good)), 137)).toEqual({ ...good, failed: 1 })
  })

  it('does not count a failed test twice', () => {
    expect(collectTally(leave(JSON.stringify({ ...good, failed: 2 })), 1).failed).toBe(2)
  })
})

it('sums up over all suites in the line that scripts read', () => {
  expect(sum([good, { passed: 1, failed: 0, skipped: [], unsteady: ['a walk'] }]).unsteady).toEqual(['a walk'])
  expect(summaryLine(sum([good, { passed: 4, failed: 1, skipped: [] }]))).toBe('7 passed, 1 failed, 1 skipped')
})

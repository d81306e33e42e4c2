import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isOutdated, type Build } from '#main/setup/build.ts'

describe('isOutdated', () => {
  const build: Build = { name: 'it', output: 'out/index.html', sources: ['src', 'lock.json'], command: [] }
  let tree: string

  /** Writes a file that was last changed `seconds` into 1970. */
  function write(path: string, seconds: number): void {
    const file = join(tree, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, '')
    utimesSync(file, seconds, seconds)
  }

  /** Folders get a time of their own, so that only what a test changes counts. */
  function setFolderTime(path: string, seconds: number): void {
    utimesSync(join(tree, path), seconds, seconds)
  }

  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'patchbay-build-'))
    write('src/deep/a.ts', 100)
    write('lock.json', 100)
    write('out/index.html', 200)
    for (const folder of ['src', 'src/deep']) setFolderTime(folder, 100)
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  it('is false while the output is newer than every source', () => {
    expect(isOutdated(build, tree)).toBe(false)
  })

  it('notices a missing output', () => {
    rmSync(join(tree, 'out'), { recursive: true })
    expect(isOutdated(build, tree)).toBe(true)
  })

  it('notices a changed file deep inside', () => {
    write('src/deep/a.ts', 300)
    setFolderTime('src/deep', 100)
    expect(isOutdated(build, tree)).toBe(true)
  })

  it('notices a deleted file by the time of its folder', () => {
    rmSync(join(tree, 'src/deep/a.ts'))
    expect(isOutdated(build, tree)).toBe(true)
  })

  it('does not mind a source that is not there', () => {
    expect(isOutdated({ ...build, sources: ['absent'] }, tree)).toBe(false)
  })
})

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Random } from '#test/crash/random.ts'

/** Builds the library that keeps the copies; answers a sentence instead where that can't be done. */
export function buildLibrary(folder: string): { readonly file: string } | { readonly reason: string } {
  if (process.platform !== 'linux') return { reason: 'the library is for Linux' }
  const file = join(folder, 'synced-files.so')
  const source = new URL('./synced-files.c', import.meta.url).pathname
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', file, source, '-ldl', '-lpthread'], { stdio: 'pipe' })
    return { file }
  } catch (thrown) {
    return { reason: `no C compiler that builds the library (${String(thrown).split('\n')[0]})` }
  }
}

/**
 * Environment in which a process keeps copies of `database` in `copies`, as of the last sync of each file. What is in the files
 * now counts as synced.
 */
export function keepingCopies(library: string, database: string, copies: string): Record<string, string> {
  rmSync(copies, { recursive: true, force: true })
  mkdirSync(copies)
  for (const file of filesOf(database)) if (existsSync(file)) copyFileSync(file, join(copies, basename(file)))
  return { LD_PRELOAD: library, SYNCED_FILES_OF: database, SYNCED_FILES_IN: copies }
}

const filesOf = (database: string): string[] => [database, `${database}-wal`, `${database}-journal`]

/** Bytes that a disk writes whole or not at all. */
const sector = 512

/**
 * Leaves of a database what a power cut could have left: all that was synced, and of what was not some sectors, picked at random;
 * without `random` none.
 */
export function cutPower(database: string, copies: string, random: Random | null): void {
  rmSync(`${database}-shm`, { force: true })
  for (const file of filesOf(database)) {
    const copy = join(copies, basename(file))
    if (!existsSync(copy)) rmSync(file, { force: true })
    else if (random === null || !existsSync(file)) copyFileSync(copy, file)
    else writeFileSync(file, mix(readFileSync(copy), readFileSync(file), random))
  }
}

/** The synced bytes, with each sector that differs taken from the unsynced ones in one of two cases. */
function mix(synced: Buffer, written: Buffer, random: Random): Buffer {
  const mixed = Buffer.alloc(Math.max(synced.length, written.length))
  synced.copy(mixed)
  for (let from = 0; from < written.length; from += sector) {
    if (random.between(0, 1) === 0) written.copy(mixed, from, from, from + sector)
  }
  return mixed
}

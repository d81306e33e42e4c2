import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { claimFolder, isFolderHeld } from '#main/base/data-folder.ts'
import { defaultDataFolder } from '#main/base/default-folder.ts'
import { PlainError } from '#main/base/errors.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-claim-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that holds the folder until it is killed. */
async function claimElsewhere(): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const module = new URL('../../../../main/base/data-folder.ts', import.meta.url).href
  const script = join(folder, 'holder.mjs')
  writeFileSync(
    script,
    `import { claimFolder, isFolderHeld } from '${module}'\nclaimFolder(process.argv[2])\nconsole.log('held')\nsetInterval(() => {}, 1_000)\n`,
  )
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

it('refuses a folder that another process works in, names it, and takes it once that is gone, however it went', async () => {
  const other = await claimElsewhere()
  expect(() => claimFolder(folder)).toThrow(new RegExp(`process ${other.pid}`))
  await other.kill()
  expect(() => claimFolder(folder)()).not.toThrow()
})

it('tells whether a folder is held without getting into the way of who wants it', async () => {
  expect(isFolderHeld(join(folder, 'not-there'))).toBe(false)
  const other = await claimElsewhere()
  expect(isFolderHeld(folder)).toBe(true)
  await other.kill()
  expect(isFolderHeld(folder)).toBe(false)
  expect(() => claimFolder(folder)()).not.toThrow()
})

it('is not held up by a mark left behind, even if that number belongs to somebody now', () => {
  writeFileSync(join(folder, 'relay.pid'), String(process.ppid))
  const release = claimFolder(folder)
  expect(readFileSync(join(folder, 'relay.pid'), 'utf8')).toBe(String(process.pid))
  release()
  expect(() => claimFolder(folder)()).not.toThrow()
})

it('says in a sentence that a folder can not be written to', () => {
  writeFileSync(join(folder, 'a-file'), '')
  expect(() => claimFolder(join(folder, 'a-file'))).toThrow(PlainError)
})

it('keeps data where each operating system keeps it', () => {
  expect(defaultDataFolder('win32', { LOCALAPPDATA: 'C:\\Local' })).toMatch(/Patchbay$/)
  expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/patchbay')
})

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { expect } from '@playwright/test'
import { trayFaces } from '#electron/tray/tray-look.ts'
import { heapFlags } from '#main/base/heap-flags.ts'
import { root } from '#main/setup/ensure.mjs'
import { carryOver } from '#test/support/carried.ts'
import { test } from '#test/support/desktop.ts'
import { trayScales } from '#test/icons/tray-sizes.ts'
import { followHeadless } from '#test/support/headless.ts'
import { importsOf } from '#test/support/imports.ts'
import { packApp, unpack } from '#test/support/packed.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

/** Files of the packed app that another names by its address and not by an import. */
const needed = [
  'package.json',
  'out/electron/entry.js',
  'out/electron/relay-process.js',
  // Threads of the relay: lists, backups and checks, simulated systems.
  'out/electron/reader-worker.js',
  'out/electron/keeper-worker.js',
  'out/electron/worker.js',
  'out/electron/install.sql',
  'out/electron/uninstall.sql',
  'out/electron/verify.sql',
  ...trayFaces.flatMap((face) => trayScales.map(({ suffix }) => `out/electron/tray/${face}${suffix}.png`)),
  'out/preload/preload.cjs',
  'out/preload/unlock.cjs',
  'out/renderer/index.html',
  'out/renderer/unlock.html',
  'out/service/headless.mjs',
  'out/service/reader-worker.js',
  'out/service/keeper-worker.js',
  'out/service/worker.js',
  'out/service/install.sql',
  'out/service/console/index.html',
  'out/electron/licences.txt',
  'out/renderer/licences.txt',
  'out/service/licences.txt',
]

for (const [system, binary] of [
  ['windows', 'win32-x64'],
  ['linux', 'linux-x64'],
] as const) {
  test(`packed for ${system}, the app has all that it imports, and nothing of sources and tests`, async ({
    folder,
  }) => {
    const { files, resources } = await packApp(system, folder)
    expect(needed.filter((file) => !files.includes(file))).toEqual([])

    // Of the packages the database alone, with the binary for that system.
    const foreign = files.filter((file) => !/^(package\.json|out\/|node_modules\/better-sqlite3\/)/.test(file))
    expect(foreign).toEqual([])
    expect(files.filter((file) => /\.(tsx?|mts|cts|map|md|cpp|gyp|c|h)$|(^|\/)(tests?|docs)\//.test(file))).toEqual([])
    const binaries = files.filter((file) => file.endsWith('.node') && !file.includes('darwin'))
    expect(binaries).toEqual([`node_modules/better-sqlite3/prebuilds/${binary}.node`])

    const missing = files
      .filter((file) => /^out\/(electron|preload|service)\/.*\.[cm]?js$/.test(file))
      .flatMap((file) =>
        importsOf(readFileSync(join(root, file), 'utf8'))
          .filter((name) => !isThere(name, file, files))
          .map((name) => `${file} imports ${name}`),
      )
    expect(missing).toEqual([])

    // Native code, and what a Node of its own runs and serves, can't be read out of the archive. Nothing else lies where its checksum does
    // not reach.
    const beside = filesIn(join(resources, 'app.asar.unpacked'))
    for (const file of [
      `node_modules/better-sqlite3/prebuilds/${binary}.node`,
      'out/service/headless.mjs',
      'out/service/console/index.html',
    ])
      expect(beside, file).toContain(file)
    expect(beside.filter((file) => !/^(node_modules\/better-sqlite3|out\/service)\//.test(file))).toEqual([])
    if (system === 'windows') {
      expect(existsSync(join(resources, 'service/install-service.ps1'))).toBe(true)
      expect(existsSync(join(resources, 'service/remove-service.ps1'))).toBe(true)
    }
    const megabytes = statSync(join(resources, 'app.asar')).size / 1e6
    process.stdout.write(`    app.asar for ${system}: ${megabytes.toFixed(1)} MB\n`)
    expect(megabytes).toBeLessThan(20)
  })
}

test('taken out of its archive, with no packages around it, the app carries a change over, and so does its service', async ({
  folder,
  start,
}) => {
  test.skip(process.platform !== 'linux', 'packed for the system that it is started on')
  const app = temporaryFolder()
  try {
    unpack(await packApp('linux', join(folder, 'packed')), app.path)
    const desktop = await start({ appFolder: app.path, args: ['--sandbox'] })
    const page = await desktop.window()
    await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
    await carryOver(page)
    expect(await desktop.close()).toBe(0)

    const dataFolder = join(folder, 'service')
    const ports = ['--receiver-port', '0', '--host-port', '0']
    const args = [join(app.path, 'out/service/headless.mjs'), '--json', '--no-open', '--sandbox', ...ports]
    const host = await followHeadless(
      spawn(process.execPath, [...heapFlags, ...args, '--data-dir', dataFolder], { stdio: ['ignore', 'pipe', 'pipe'] }),
    )
    expect(await host.api('/health')).toMatchObject({ workspace: 'sandbox' })
    expect((await fetch(host.consoleUrl)).status).toBe(200)
    expect(await host.stop()).toBe(0)
  } finally {
    app.remove()
  }
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

function isThere(name: string, from: string, files: readonly string[]): boolean {
  if (name.startsWith('.')) return files.includes(posix.join(posix.dirname(from), name))
  // Electron brings itself; the rest is a package.
  return name === 'electron' || files.includes(`node_modules/${name}/package.json`)
}

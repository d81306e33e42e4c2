import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { getConfig } from 'app-builder-lib/out/util/config/config.js'
import { root } from '#main/setup/ensure.mjs'

/** For whom is packed, and how electron-builder and Electron's archive name that. */
const systems = {
  windows: { option: '--win', executable: 'electron.exe', folder: 'win-unpacked' },
  linux: { option: '--linux', executable: 'electron', folder: 'linux-unpacked' },
} as const

export interface PackedApp {
  /** What is in the archive, as paths from the app's folder, with slashes; folders are left out. */
  readonly files: readonly string[]
  /** The folder of resources of the packed app: the archive, and what lies unpacked beside it. */
  readonly resources: string
}

/**
 * Packs what was built, by electron-builder and its settings, up to the installer. In place of Electron's runtime there is a folder with its
 * files' names; so what works on Electron's executable (fuses, the archive's checksum in it) is left out.
 */
export async function packApp(system: keyof typeof systems, folder: string): Promise<PackedApp> {
  const { executable, folder: output, option } = systems[system]
  const runtime = join(folder, 'runtime')
  mkdirSync(join(runtime, 'resources'), { recursive: true })
  mkdirSync(join(runtime, 'locales'))
  for (const name of [executable, 'chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
    writeFileSync(join(runtime, name), '')
  const { electronFuses: _fuses, ...config } = await getConfig(root, 'electron-builder.yml', null)
  const file = join(folder, 'electron-builder.json')
  const directories = { ...config.directories, output: folder }
  const win = { ...config.win, signAndEditExecutable: false }
  const own = { electronDist: runtime, disableAsarIntegrity: true, directories, win }
  writeFileSync(file, JSON.stringify({ ...config, ...own }))
  await run(['node_modules/electron-builder/cli.js', option, 'dir', '--x64', '--config', file])
  const resources = join(folder, output, 'resources')
  const listed = listPackage(join(resources, 'app.asar'), { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .toSorted()
  return { files: listed.filter((path) => !listed.some((other) => other.startsWith(`${path}/`))), resources }
}

/** Takes the archive apart into a folder, with what lies unpacked beside it. */
export function unpack({ resources }: PackedApp, folder: string): void {
  extractAll(join(resources, 'app.asar'), folder)
}

async function run(command: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`electron-builder has ended with ${code}:\n${said}`)
}

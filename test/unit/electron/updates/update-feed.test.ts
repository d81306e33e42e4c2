import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { NodeHttpExecutor } from 'builder-util'
import { configureRequestOptions, configureRequestUrl, type DownloadOptions } from 'builder-util-runtime'
import { NsisUpdater } from 'electron-updater'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { feedOver, isFeedAddress, type UpdateFeed } from '#electron/updates/update-feed.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const installer = randomBytes(300_000)
let folder: ReturnType<typeof temporaryFolder>
let server: Server
let asked: string[]
let latest: string
let feed: UpdateFeed
let updater: NsisUpdater
beforeEach(async () => {
  folder = temporaryFolder()
  asked = []
  latest = describeVersion('0.2.0', installer)
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    asked.push(path)
    if (/^\/latest(-linux|-mac)?\.yml$/.test(path)) response.end(latest)
    else if (path === '/Patchbay-0.2.0.exe') response.end(installer)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  updater = openUpdater(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  feed = feedOver(updater)
})
afterEach(async () => {
  await close()
  folder.remove()
})

function close(): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  return closed
}

function describeVersion(version: string, content: Buffer): string {
  const sha512 = createHash('sha512').update(content).digest('base64')
  const url = `Patchbay-${version}.exe`
  return `version: ${version}\nfiles:\n  - url: ${url}\n    sha512: ${sha512}\n    size: ${content.byteLength}\npath: ${url}\nsha512: ${sha512}\nreleaseDate: '2026-05-03T00:00:00.000Z'\nreleaseNotes: <p>Replays are <b>faster</b>.</p>\n`
}

/** What electron-updater's own executor does, less Electron's session: its download is the base's. */
class NodeDownloads extends NodeHttpExecutor {
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request = { ...(options.headers && { headers: options.headers }) }
      configureRequestUrl(url, request)
      configureRequestOptions(request)
      const callback = (error: Error | null | undefined) => (error ? reject(error) : resolve(destination))
      this.doDownload(request, { destination, options, onCancel, callback, responseHandler: null }, 0)
    })
  }
}

/** The updater for Windows, as it is, over Node's HTTP in place of Electron's. */
function openUpdater(url: string): NsisUpdater {
  const resources = join(folder.path, 'resources')
  mkdirSync(resources)
  writeFileSync(
    join(resources, 'app-update.yml'),
    `provider: generic\nurl: ${url}\nupdaterCacheDirName: patchbay-updater\n`,
  )
  const opened = new NsisUpdater(null, {
    version: '0.1.0',
    name: 'patchbay',
    isPackaged: true,
    appUpdateConfigPath: join(resources, 'app-update.yml'),
    userDataPath: folder.path,
    baseCachePath: join(folder.path, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  })
  Object.assign(opened, { httpExecutor: new NodeDownloads() })
  opened.disableDifferentialDownload = true
  return opened
}

it('finds a newer version and fetches nothing by itself', async () => {
  expect(await feed.check()).toEqual({ version: '0.2.0', notes: 'Replays are faster.' })
  expect(asked.filter((path) => path.endsWith('.exe'))).toEqual([])
  expect(updater).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false })
})

it('downloads on demand, and tells how far it is', async () => {
  await feed.check()
  const parts: number[] = []
  const file = await feed.download((part) => parts.push(part))
  expect(readFileSync(file).equals(installer)).toBe(true)
  expect(parts.at(-1)).toBe(1)
})

it.each(['0.1.0', '0.0.9'])('takes %s for nothing new', async (version) => {
  latest = describeVersion(version, installer)
  expect(await feed.check()).toBeNull()
})

it('refuses a file that is not the one the feed describes', async () => {
  latest = describeVersion('0.2.0', randomBytes(300_000))
  await feed.check()
  await expect(feed.download(() => undefined)).rejects.toThrow(/checksum/i)
})

it('rejects when nobody answers', async () => {
  await close()
  await expect(feed.check()).rejects.toThrow(/ECONNREFUSED/)
})

it.each([
  ['https://updates.example.com/patchbay', true],
  ['http://127.0.0.1:8080/', true],
  ['http://updates.example.com/', false],
  ['file:///c:/updates', false],
  ['updates', false],
])('%s as a feed: %s', (url, isGood) => {
  expect(isFeedAddress(url)).toBe(isGood)
})

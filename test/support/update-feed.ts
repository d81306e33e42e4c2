import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LocalFeed {
  readonly url: string
  /** Paths that were asked for, without queries. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** A generic feed on loopback that offers one version, for every system; its installer has this content, and comes once `sent` is settled. */
export async function serveFeed(
  version: string,
  ending: string,
  content: Buffer,
  sent: Promise<void> = Promise.resolve(),
): Promise<LocalFeed> {
  const name = `Patchbay-${version}.${ending}`
  const sha512 = createHash('sha512').update(content).digest('base64')
  const file = { url: name, sha512, size: content.byteLength }
  const latest = JSON.stringify({ version, files: [file], path: name, sha512, releaseNotes: 'Replays are faster.' })
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    asked.push(path)
    if (/^\/latest(-linux|-mac)?\.yml$/.test(path)) response.end(latest)
    else if (path === `/${name}`) void sent.then(() => response.end(content))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

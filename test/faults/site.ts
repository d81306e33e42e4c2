import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

/** A host whose simulated systems go on while it is away. */
export interface Site {
  host: Headless
  readonly sandbox: Sandbox
  /** Starts the host again, on the same data. */
  readonly start: () => Promise<Headless>
  close(): Promise<void>
}

/** `timeoutMs`: how long the host waits for an answer of a system. */
export async function openSite(options: { readonly timeoutMs?: number } = {}): Promise<Site> {
  const folder = temporaryFolder()
  const sandbox = await startSandboxThread({ seed: 7 })
  const start = (): Promise<Headless> =>
    startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  const site: Site = {
    host: await start(),
    sandbox,
    start,
    close: async () => {
      await site.host.stop()
      await sandbox.close()
      folder.remove()
    },
  }
  await furnishHost(site.host, sandbox.addresses, { sql: true, ...options })
  await sandbox.announceTo(site.host.receiverUrl)
  return site
}

/** Runs in the utility process: the relay, answering over the ports that the shell sends. */
import type { MessagePortMain } from 'electron'
import { systemClock } from '#main/base/clock.ts'
import { claimFolder, FolderTaken } from '#main/base/data-folder.ts'
import { PlainError, toError } from '#main/base/errors.ts'
import { createLogger } from '#main/base/logger.ts'
import { openHostContext, type HostContext } from '#main/host/host-context.ts'
import { serveMessagePort } from '#main/host/message-port.ts'
import { openWorkspaces } from '#main/workspaces.ts'
import { linkOfHash } from '../links.ts'
import type { FromRelay, RelayStart, ToRelay } from './relay-messages.ts'

/** The relay at work and the way to end it. */
interface Running {
  readonly host: HostContext
  suspend(): void
  resume(): void
  stop(): Promise<void>
}

let running: Running | null = null

process.parentPort.on('message', ({ data, ports }: { data: ToRelay; ports: MessagePortMain[] }) => {
  switch (data.type) {
    case 'start':
      void start(data).then(
        (started) => {
          running = started
          tell({ type: 'ready' })
        },
        (thrown: unknown) =>
          tell({ type: thrown instanceof FolderTaken ? 'taken' : 'failed', sentence: explain(thrown) }),
      )
      return
    case 'connect':
      if (running !== null && ports[0] !== undefined) serveMessagePort(ports[0], running.host)
      return
    case 'suspend':
      return running?.suspend()
    case 'resume':
      return running?.resume()
    case 'stop':
      void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(0))
  }
})

async function start({ dataFolder, key, receiverPort, sandbox, version }: RelayStart): Promise<Running> {
  const release = claimFolder(dataFolder)
  if (key === null) {
    // This start was meant for a folder that another Patchbay holds; claiming it should have failed.
    release()
    throw new PlainError('The other Patchbay that worked in this data folder has just ended.', { fix: 'Try again.' })
  }
  const logger = createLogger(process.env['PATCHBAY_LOG'] ?? 'warn')
  const dataKey = Buffer.from(key.text, 'base64')
  const options = {
    dataFolder,
    dataKey,
    keyKeeping: key.keeping,
    receiverPort,
    version,
    logger,
    startInSandbox: sandbox,
  }
  const workspaces = await openWorkspaces({ ...options, linkTo: linkOfHash })
  const host = openHostContext(workspaces, systemClock, logger)
  return {
    host,
    suspend: () => workspaces.suspend(),
    resume: () => workspaces.wake(),
    stop: async () => {
      await host.close()
      await workspaces.close()
      release()
    },
  }
}

function explain(thrown: unknown): string {
  if (thrown instanceof PlainError) return [thrown.message, thrown.fix].filter(Boolean).join(' ')
  return toError(thrown).stack ?? toError(thrown).message
}

function tell(message: FromRelay): void {
  process.parentPort.postMessage(message)
}

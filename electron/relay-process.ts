/** Runs in the utility process: the relay, answering over the ports that the shell sends. */
import type { MessagePortMain } from 'electron'
import { systemClock } from '#main/base/clock.ts'
import { claimFolder, defaultDataFolder } from '#main/base/data-folder.ts'
import { PlainError, toError } from '#main/base/errors.ts'
import { createLogger } from '#main/base/logger.ts'
import { openHostContext, type HostContext } from '#main/host/host-context.ts'
import { serveMessagePort } from '#main/host/message-port.ts'
import { openKeyFile } from '#main/store/recover-key.ts'
import { openWorkspaces } from '#main/workspaces.ts'
import type { FromRelay, ToRelay } from './relay-messages.ts'

/** The relay at work and the way to end it. */
interface Running {
  readonly host: HostContext
  stop(): Promise<void>
}

/** Same as for `npm run serve`. */
const receiverPort = 7420

let running: Running | null = null

process.parentPort.on('message', ({ data, ports }: { data: ToRelay; ports: MessagePortMain[] }) => {
  switch (data.type) {
    case 'start':
      void start(data.version, data.sandbox).then(
        (started) => {
          running = started
          tell({ type: 'ready' })
        },
        (thrown: unknown) => tell({ type: 'failed', sentence: explain(thrown) }),
      )
      return
    case 'connect':
      if (running !== null && ports[0] !== undefined) serveMessagePort(ports[0], running.host)
      return
    case 'stop':
      void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(0))
  }
})

async function start(version: string, startInSandbox: boolean): Promise<Running> {
  const dataFolder = defaultDataFolder(process.platform, process.env)
  const release = claimFolder(dataFolder)
  const logger = createLogger(process.env['PATCHBAY_LOG'] ?? 'warn')
  const dataKey = await openKeyFile(dataFolder, null)
  const workspaces = await openWorkspaces({ dataFolder, dataKey, receiverPort, version, logger, startInSandbox })
  const host = openHostContext(workspaces, systemClock, logger)
  return {
    host,
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

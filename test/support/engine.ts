import { join } from 'node:path'
import { systemClock } from '#main/base/clock.ts'
import { createLogger } from '#main/base/logger.ts'
import { startEngine, type Engine } from '#main/engine.ts'
import type { EngineOptions } from '#main/engine/options.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { connection, type Connection } from '#shared/domain/connection.ts'
import { temporaryFolder } from './temporary.ts'

/** Starts a relay on the database of a folder, as often as a test likes; `own` says what the test is about. */
export function startEngineIn(folder: string, own: Partial<EngineOptions> = {}): Promise<Engine> {
  return startEngine({
    databaseFile: join(folder, 'patchbay.db'),
    dataKey: new Uint8Array(32).fill(7),
    receiverPort: 0,
    version: '0.0.0',
    logger: createLogger('silent'),
    clock: systemClock,
    sandbox: null,
    ...own,
  })
}

/** A relay with nothing configured, in this process and with a folder of its own. */
export async function temporaryEngine(): Promise<{ readonly engine: Engine; close(): Promise<void> }> {
  const folder = temporaryFolder()
  const engine = await startEngineIn(folder.path)
  return {
    engine,
    close: async () => {
      await engine.stop()
      folder.remove()
    },
  }
}

/** The connections to simulated systems, as a technician would describe real ones. */
export function connectionsTo({ salesforceUrl, salesforce, connectwise }: SandboxAddresses): {
  readonly salesforce: Connection
  readonly connectwise: Connection
} {
  const settings = { loginUrl: salesforceUrl, clientId: salesforce.clientId }
  return {
    salesforce: connection.parse({ id: 'sf', kind: 'salesforce', name: 'Salesforce', settings }),
    connectwise: connection.parse({ id: 'cw', kind: 'connectwise', name: 'ConnectWise', settings: connectwise }),
  }
}

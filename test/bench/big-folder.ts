import { join } from 'node:path'
import { fillDatabase, indexDatabase } from '#test/support/big-database.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless } from '#test/support/headless.ts'
import type { Ground } from './ground.ts'

/** The data folder of a relay that has worked for years, its search index filled, and whose other side is down; parts measure on it. */
export class BigFolder {
  readonly events: number
  readonly pending: number
  readonly #ground: Ground
  #path: Promise<string> | null = null

  /** `ground`: what the folder stands on; the one of the bench, as it outlives the parts. */
  constructor(ground: Ground, isQuick: boolean) {
    this.#ground = ground
    this.events = isQuick ? 100_000 : 1_000_000
    this.pending = isQuick ? 10_000 : 100_000
  }

  /** Its path; made when it is first asked for. */
  path(): Promise<string> {
    return (this.#path ??= this.#make())
  }

  async #make(): Promise<string> {
    const { events, pending } = this
    this.#ground.say(`writing ${events.toLocaleString('en')} events, ${pending.toLocaleString('en')} of them pending`)
    const folder = this.#ground.folder()
    const file = join(folder, 'patchbay.db')
    await fillDatabase(file, { events, pending, newestAt: Date.now() })
    await indexDatabase(file)
    const sandbox = await this.#ground.sandbox()
    const down = { method: 'POST', body: JSON.stringify({ kind: 'down' }) }
    await fetch(`${sandbox.connectwiseUrl}/sandbox/faults`, down)
    const host = await startHeadless(['--data-dir', folder, '--receiver-port', '0', '--host-port', '0'])
    await furnishHost(host, sandbox)
    await host.stop()
    return folder
  }
}

import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { firstJson } from './child.ts'

/** What a measurement stands on: folders and processes, all of which go when it ends. */
export class Ground {
  readonly say: (line: string) => void
  readonly #undos: (() => unknown)[] = []
  readonly #hosts: Headless[] = []

  constructor(say: (line: string) => void) {
    this.say = say
  }

  /** To be done at the end, however it ends; the last first. */
  after(undo: () => unknown): void {
    this.#undos.push(undo)
  }

  async clear(): Promise<void> {
    for (let undo = this.#undos.pop(); undo !== undefined; undo = this.#undos.pop()) {
      try {
        await undo()
      } catch (thrown) {
        this.say(`could not be cleared away: ${String(thrown)}`)
      }
    }
  }

  /** An empty folder. */
  folder(): string {
    const folder = temporaryFolder()
    this.after(() => folder.remove())
    return folder.path
  }

  /** A host with nothing configured, on ports of its own. */
  async host(dataFolder = this.folder()): Promise<Headless> {
    const host = await startHeadless(['--data-dir', dataFolder, '--receiver-port', '0', '--host-port', '0'])
    this.#hosts.push(host)
    this.after(() => host.stop())
    return host
  }

  /** What the hosts had to complain about, when something went wrong. */
  sayLogs(): void {
    for (const host of this.#hosts) for (const line of host.log().trimEnd().split('\n').slice(-5)) this.say(line)
  }

  /** The simulated systems, in a process of their own, so that they do not share a thread with what is measured. */
  async sandbox(...more: readonly string[]): Promise<SandboxAddresses> {
    // A day's worth of API calls would be used up on the way.
    const args = ['--json', '--seed', '7', '--calls-a-day', '10000000', ...more]
    const { value } = await this.script<SandboxAddresses>('../../main/sandbox/main.ts', args)
    return value
  }

  /** A script that prints a line of JSON once it is ready. */
  async script<T>(path: string, args: readonly string[]): ReturnType<typeof firstJson<T>> {
    const script = await firstJson<T>(path, args)
    this.after(() => script.child.kill())
    return script
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { followHeadless, type Headless } from '#test/support/headless.ts'
import type { StartOrder } from './doomed-host.ts'
import type { KillPlan } from './kill-points.ts'

/** A host that was told to start: its process, and the host itself once it is ready; null when it died on the way. */
export interface Started {
  readonly ready: Promise<Headless | null>
  /** Resolves when the process is gone. */
  readonly gone: Promise<unknown>
  kill(): void
}

/** Keeps one host loaded in advance, so that the next starts at once. */
export class SpareHosts {
  readonly #folder: string
  readonly #env: NodeJS.ProcessEnv
  #spare: ChildProcess

  /** @param scratch a folder for what node remembers of compiled sources. */
  constructor(scratch: string, env: NodeJS.ProcessEnv = {}) {
    this.#folder = scratch
    this.#env = env
    this.#spare = this.#load()
  }

  start(args: readonly string[], plan: KillPlan | null): Started {
    const child = this.#spare
    this.#spare = this.#load()
    const gone = once(child, 'exit')
    const ready = followHeadless(child).catch((thrown: unknown) => {
      if (child.signalCode === 'SIGKILL') return null
      throw thrown
    })
    const order: StartOrder = { args, plan }
    child.send(order)
    return { ready, gone, kill: () => void child.kill('SIGKILL') }
  }

  close(): void {
    this.#spare.kill('SIGKILL')
  }

  #load(): ChildProcess {
    const entry = new URL('./doomed-host.ts', import.meta.url).pathname
    return spawn(process.execPath, [entry], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(this.#folder, 'compiled'), ...this.#env },
    })
  }
}

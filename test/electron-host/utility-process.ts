import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { ForkOptions, UtilityProcess, utilityProcess as realProcesses } from 'electron'
import { CarriedPorts, type Port } from './message-ports.ts'
import { testWire } from './test-wire.ts'
import type { FromUtility, ToUtility } from './utility-messages.ts'

const parentPort = new URL('./utility-parent-port.ts', import.meta.url).href

type Used = Pick<UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout'>

const children = new Map<number, ChildProcess>()

/**
 * A process with `process.parentPort`. It gets no `electron` of the main process. Of `execArgv` Chromium's `--js-flags` reaches V8, as it
 * does there. `pid` is known from `spawn` on; `exit` comes however it ends, and its ports close with it.
 */
class StandInUtilityProcess extends EventEmitter implements Used {
  readonly #child: ChildProcess
  readonly #ports = new CarriedPorts({
    post: (port, data) => this.#send({ type: 'port', port, data }),
    close: (port) => this.#send({ type: 'port-closed', port }),
  })

  constructor(modulePath: string, args: readonly string[], { execArgv = [], stdio = [] }: ForkOptions) {
    super()
    const [, stdout = 'inherit', stderr = 'inherit'] = Array.isArray(stdio) ? stdio : []
    const flags = execArgv.flatMap((one) => (one.startsWith('--js-flags=') ? one.slice(11).split(' ') : [one]))
    const child = fork(modulePath, args, {
      execArgv: [...flags, '--import', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', stdout, stderr, 'ipc'],
    })
    this.#child = child
    if (child.pid !== undefined) children.set(child.pid, child)
    child.on('message', (message: FromUtility) => this.#hear(message))
    child.once('spawn', () => this.emit('spawn'))
    child.once('exit', (code) => {
      if (child.pid !== undefined) children.delete(child.pid)
      this.#ports.closeAll()
      this.emit('exit', code ?? 1)
    })
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined
  }

  get stdout() {
    return this.#child.stdout
  }

  get stderr() {
    return this.#child.stderr
  }

  postMessage(data: unknown, transfer: Port[] = []): void {
    this.#send({ type: 'message', data, ports: this.#ports.transfer(transfer) })
  }

  kill(): boolean {
    return this.#child.kill()
  }

  #hear(message: FromUtility): void {
    if (message.type === 'message') this.emit('message', message.data)
    else if (message.type === 'port') this.#ports.take(message.port, message.data)
    else this.#ports.close(message.port)
  }

  #send(message: ToUtility): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }
}

export const utilityProcess = {
  fork: (...[modulePath, args = [], options = {}]: Parameters<typeof realProcesses.fork>) =>
    new StandInUtilityProcess(modulePath, args, options),
}

testWire.handle('utility.pids', () => [...children.keys()])
// Electron takes its utility processes along when it ends.
process.on('exit', () => {
  for (const child of children.values()) child.kill('SIGKILL')
})

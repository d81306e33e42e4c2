import { join } from 'node:path'
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { heapFlags } from '#main/base/heap-flags.ts'
import type { FromRelay, ToRelay } from './relay-messages.ts'
import { restartDelayMs, wellAfterMs } from './restart-delay.ts'

const relayProcess = join(import.meta.dirname, 'relay-process.js')

/** The relay in its own process, so that no window waits for the database. */
export interface SupervisedRelay {
  /** Resolves when the relay at work now, or the next one, answers. */
  whenReady(): Promise<void>
  /** Hands one end of a line to the relay; only after `whenReady`. */
  connect(port: MessagePortMain): void
  /** Ends the relay and does not start it again; resolves when its process is gone. */
  stop(): Promise<void>
}

/**
 * Starts the relay and starts it again when it ends unasked:
 *
 *     starting -> ready -> ended -> (wait) -> starting
 *     starting -> failed: it can't work and says why; it is not started again
 */
export function superviseRelay(
  start: Omit<Extract<ToRelay, { type: 'start' }>, 'type'>,
  onFailed: (sentence: string) => void,
): SupervisedRelay {
  let ready = Promise.withResolvers<void>()
  let crashes = 0
  let isOver = false
  let child = launch()

  function launch(): UtilityProcess {
    const startedAt = performance.now()
    // Of the arguments only this switch is read before the process has its heap.
    const execArgv = [`--js-flags=${heapFlags.join(' ')}`]
    const launched = utilityProcess.fork(relayProcess, [], { serviceName: 'Patchbay relay', execArgv })
    launched.on('message', (message: FromRelay) => {
      if (message.type === 'ready') return ready.resolve()
      isOver = true
      onFailed(message.sentence)
    })
    launched.once('exit', () => {
      if (isOver) return
      ready = Promise.withResolvers<void>()
      crashes = performance.now() - startedAt > wellAfterMs ? 1 : crashes + 1
      setTimeout(() => {
        if (!isOver) child = launch()
      }, restartDelayMs(crashes))
    })
    tell(launched, { type: 'start', ...start })
    return launched
  }

  return {
    whenReady: () => ready.promise,
    connect: (port) => tell(child, { type: 'connect' }, [port]),
    stop: async () => {
      isOver = true
      if (child.pid === undefined) return
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      tell(child, { type: 'stop' })
      await exited
    },
  }
}

function tell(child: UtilityProcess, message: ToRelay, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports)
}

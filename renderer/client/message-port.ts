import { RPCLink } from '@orpc/client/message-port'
import { HostRefusal, type ConnectHost, type HostLink } from './host-link.ts'
import { findShell } from './shell.ts'

/** What page and preload say to each other; with `port` a MessagePort to the relay is transferred. */
export const portMessages = { wanted: 'patchbay:port-wanted', port: 'patchbay:port' } as const

/** How long is waited for a shell (ms); a page in a plain tab has none and is told so after this. With one, as long as its relay takes. */
const shellPatienceMs = 10_000

const noShell = 'This page has no key. Open the console with the address that Patchbay prints when it starts.'

/**
 * Connects over a port which the shell's preload hands over on request (a message to the page's own window). Each new
 * connection asks for a new port, so a relay that was restarted is found again.
 */
export function connectPort(page: Window): ConnectHost {
  return async (signal) => {
    const port = await askForPort(page, signal)
    port.start()
    return linkOverPort(port)
  }
}

/** A link over a port that is open already. */
export function linkOverPort(port: MessagePort): HostLink {
  return {
    link: new RPCLink({ port }),
    closed: new Promise((resolve) => port.addEventListener('close', () => resolve(), { once: true })),
    close: () => port.close(),
  }
}

function askForPort(page: Window, signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      page.removeEventListener('message', listen)
    }
    const listen = (event: MessageEvent<unknown>) => {
      const [port] = event.ports
      if (event.source !== page || event.data !== portMessages.port || port === undefined) return
      stop()
      resolve(port)
    }
    const giveUp = () => (stop(), reject(new HostRefusal(noShell)))
    const timer = findShell() === null ? setTimeout(giveUp, shellPatienceMs) : undefined
    signal.addEventListener('abort', () => (stop(), reject(new Error('The page is closing.'))), { once: true })
    page.addEventListener('message', listen)
    page.postMessage(portMessages.wanted, '/')
  })
}

import { ipcMain } from 'electron'
import type { RelaySide } from '../relay/relay-side.ts'
import { connectChannel, portChannel } from './channels.ts'
import { isFromOwnPage } from './own-page.ts'

/**
 * Gives each page that asks a MessagePort whose other end is in the relay's process; what is said on it does not pass
 * through here.
 */
export function brokerHostLines(relay: RelaySide): void {
  // A page that is loaded anew while it waits asks again; it gets one line all the same.
  const waiting = new Set<number>()
  ipcMain.on(connectChannel, (event) => {
    const { sender } = event
    if (!isFromOwnPage(event) || waiting.has(sender.id)) return
    waiting.add(sender.id)
    relay
      .openLine()
      .then((port) => {
        waiting.delete(sender.id)
        if (sender.isDestroyed()) port.close()
        else sender.postMessage(portChannel, null, [port])
      })
      // The page keeps waiting, and the shell says why in its state.
      .catch(() => waiting.delete(sender.id))
  })
}

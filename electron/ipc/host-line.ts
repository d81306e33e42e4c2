import { ipcMain, MessageChannelMain } from 'electron'
import type { SupervisedRelay } from '../relay-supervisor.ts'
import { isOwnPage } from '../windows/navigation-guard.ts'
import { connectChannel, portChannel } from './channels.ts'

/**
 * Gives each page that asks a MessagePort whose other end is in the relay's process; what is said on it does not pass
 * through here. Only the top frame of our own page is answered.
 */
export function brokerHostLines(relay: SupervisedRelay): void {
  ipcMain.on(connectChannel, (event) => {
    const frame = event.senderFrame
    if (frame === null || frame.parent !== null || !isOwnPage(frame.url)) return
    void relay.whenReady().then(() => {
      if (event.sender.isDestroyed()) return
      const { port1, port2 } = new MessageChannelMain()
      relay.connect(port1)
      event.sender.postMessage(portChannel, null, [port2])
    })
  })
}

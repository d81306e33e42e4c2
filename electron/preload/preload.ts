/**
 * Stands between page and shell, isolated from both: it passes on one wish of the page and one answer of the shell. The
 * page gets no function of Electron's and can name no channel.
 */
import { ipcRenderer } from 'electron'
import { connectChannel, portChannel, portMessages } from '../ipc/channels.ts'

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === window && event.data === portMessages.wanted) ipcRenderer.send(connectChannel)
})

ipcRenderer.on(portChannel, (event) => {
  window.postMessage(portMessages.port, '/', event.ports)
})

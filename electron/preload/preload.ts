/**
 * Stands between page and shell, isolated from both: it passes on the wish for a line to the host, and the calls of the shell's
 * contract. The page gets no function of Electron's and can name no channel.
 */
import { contextBridge, ipcRenderer } from 'electron'
import type { Shell, ShellState } from '#shared/contract/shell.ts'
import { connectChannel, goChannel, portChannel, portMessages, shellChannel, stateChannel } from '../ipc/channels.ts'

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === window && event.data === portMessages.wanted) ipcRenderer.send(connectChannel)
})

ipcRenderer.on(portChannel, (event) => {
  window.postMessage(portMessages.port, '/', event.ports)
})

ipcRenderer.on(goChannel, (_event, hash: string) => {
  window.location.hash = hash
})

const call =
  <Name extends Exclude<keyof Shell, 'onState'>>(name: Name) =>
  (input?: Parameters<Shell[Name]>[0]): ReturnType<Shell[Name]> =>
    ipcRenderer.invoke(shellChannel, name, input) as ReturnType<Shell[Name]>

const shell: Shell = {
  openFile: call('openFile'),
  saveFile: call('saveFile'),
  openExternal: call('openExternal'),
  showProgress: call('showProgress'),
  settings: call('settings'),
  saveSettings: call('saveSettings'),
  update: call('update'),
  restartRelay: call('restartRelay'),
  relayLines: call('relayLines'),
  state: call('state'),
  onState: (listener) => {
    ipcRenderer.on(stateChannel, (_event, state: ShellState) => listener(state))
  },
}

// The name stands in shared/contract/shell.ts too, which would bring its schemas along into this file.
contextBridge.exposeInMainWorld('patchbayShell', shell)

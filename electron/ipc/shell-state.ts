import type { ShellState } from '#shared/contract/shell.ts'
import type { RelaySide } from '../relay/relay-side.ts'
import type { MainWindow } from '../windows/main-window.ts'
import { stateChannel } from './channels.ts'

/** Tells the page of each change of the shell's state; what it missed before it was loaded, it asks for. */
export function tellShellState(relay: RelaySide, window: MainWindow, state: () => ShellState): void {
  relay.onStatus(() => window.now?.webContents.send(stateChannel, state()))
}

import type { ShellState } from '#shared/contract/shell.ts'
import type { RelaySide } from '../relay/relay-side.ts'
import type { MainWindow } from '../windows/main-window.ts'
import type { Updates } from '../updates/updates.ts'
import { stateChannel } from './channels.ts'

/** Tells the page of each change of the shell's state; what it missed before it was loaded, it asks for. */
export function tellShellState(
  { relay, updates }: { readonly relay: RelaySide; readonly updates: Updates | null },
  window: MainWindow,
  state: () => ShellState,
): void {
  const tell = () => window.now?.webContents.send(stateChannel, state())
  relay.onStatus(tell)
  updates?.onState(tell)
}

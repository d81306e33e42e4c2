import { app, dialog } from 'electron'
import { isFolderHeld } from '#main/base/data-folder.ts'
import { readHostAddress } from '#main/base/host-address.ts'
import type { RelaySeat } from './relay-seat.ts'

/**
 * When another Patchbay works in the data folder already, as a service or in a terminal, this window offers to show that one: there must
 * never be two relays on one database. At a hidden start nobody is there to be asked.
 */
export function offerToAttach(relay: RelaySeat, dataFolder: string, isHidden: boolean): void {
  relay.onStatus((status) => {
    if (status.phase !== 'taken') return
    // The address outlives a host that was killed; by then anybody may listen there, and would be told the token.
    const readAddress = () => (isFolderHeld(dataFolder) ? readHostAddress(dataFolder) : null)
    // One without an address answers no window; the window then says what stands in the way.
    if (readAddress() === null) return
    if (isHidden) return relay.attach(readAddress)
    void ask(dataFolder).then((isWanted) => (isWanted ? relay.attach(readAddress) : app.quit()))
  })
}

async function ask(dataFolder: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Patchbay',
    message: 'Patchbay is already at work on this computer.',
    detail: `Another one, such as the service, works in ${dataFolder}. This window can show it; closing the window does not stop it.`,
    buttons: ['Show it here', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  })
  return response === 0
}

import { app, dialog } from 'electron'
import type { RelaySide } from './relay/relay-side.ts'
import type { MainWindow } from './windows/main-window.ts'

/** A relay that takes longer to end (ms) is hung; its rows know what was left. */
const stopBoundMs = 30_000

/**
 * What the relay holds is finished and on disk before the app is gone; meanwhile the window says so. Who quits a second time is asked
 * whether to wait.
 */
export function drainBeforeQuit(relay: RelaySide, window: MainWindow): void {
  let stage: 'running' | 'draining' | 'done' = 'running'
  const finish = () => {
    if (stage === 'done') return
    stage = 'done'
    window.letGo()
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (stage === 'done') return
    event.preventDefault()
    if (stage === 'draining') {
      void askToForce().then((isForced) => {
        if (!isForced || stage === 'done') return
        relay.kill()
        finish()
      })
      return
    }
    stage = 'draining'
    const timer = setTimeout(() => relay.kill(), stopBoundMs)
    void relay.stop().finally(() => {
      clearTimeout(timer)
      finish()
    })
  })
}

async function askToForce(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Patchbay',
    message: 'Patchbay is still finishing what is under way.',
    detail:
      'That takes some seconds at most. When you quit now, nothing is lost or written twice: the next start asks the other side what became of it.',
    buttons: ['Keep waiting', 'Quit now'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

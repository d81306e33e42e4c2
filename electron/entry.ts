/** The desktop app: one instance, the relay in a process of its own, a window on it and an icon beside the clock. */
import { join, resolve } from 'node:path'
import { app, dialog } from 'electron'
import type { ShellState } from '#shared/contract/shell.ts'
import { brokerHostLines } from './ipc/host-line.ts'
import { answerShellCalls } from './ipc/shell-calls.ts'
import { tellShellState } from './ipc/shell-state.ts'
import { hashOfLink, linkScheme } from './links.ts'
import { readOptions } from './options.ts'
import { mindPower } from './power.ts'
import { openPreferences } from './preferences.ts'
import { drainBeforeQuit } from './quit.ts'
import { endWithSession } from './session-end.ts'
import { boardHealth } from './relay/health-board.ts'
import { offerToAttach } from './relay/offer-attach.ts'
import { readyRelay } from './ready-relay.ts'
import type { RelayStart } from './relay/relay-messages.ts'
import { seatRelay } from './relay/relay-seat.ts'
import { watchRelay } from './relay/relay-watch.ts'
import { passOnToasts, toastsFor } from './toasts/toasts.ts'
import { showTray } from './tray/tray.ts'
import { openUpdates, watchTrial } from './updates/app-updates.ts'
import { setAppMenu } from './windows/app-menu.ts'
import { registerPageScheme, servePage } from './windows/app-protocol.ts'
import { offerJumpList } from './windows/jump-list.ts'
import { mainWindow } from './windows/main-window.ts'
import { lockPages } from './windows/window-lock.ts'

/** The name that Windows knows toasts and the task bar by; the same as `appId` in electron-builder.yml. */
const appId = 'com.patchbay.desktop'

/** Asked for before the app was ready: where a link leads to (macOS brings it as an event). */
let wanted: string | null = null

function run(): void {
  registerPageScheme()
  app.setAppUserModelId(appId)
  app.on('open-url', (event, url) => {
    event.preventDefault()
    wanted = hashOfLink(url)
  })
  void app.whenReady().then(startUp).catch(endWithReason)
}

async function startUp(): Promise<void> {
  const options = readOptions(process.argv, process.env)
  const { hidden, receiverPort, sandbox } = options
  const dataFolder = resolve(options.dataFolder)
  const preferences = openPreferences(join(app.getPath('userData'), 'preferences.json'))
  lockPages()
  servePage(join(import.meta.dirname, '../renderer'))

  // The relay works on behind its icon, whatever becomes of the window.
  app.on('window-all-closed', () => undefined)
  const plan = { version: app.getVersion(), sandbox, dataFolder, receiverPort }
  const start = await readyRelay(plan)
  if (start === null) return app.quit()
  const window = mainWindow(preferences, () => tellOfTray())
  const relay = seatRelay(start, readyAgain)
  tryOut(start)
  const updates = openUpdates(relay, dataFolder)
  // What another Patchbay works with is not ours to exchange.
  const ownUpdates = () => (relay.status.phase === 'attached' ? null : updates)
  const watch = watchRelay(relay)
  const health = boardHealth(watch)
  const toast = toastsFor(window)
  const state = (): ShellState => ({ relay: relay.status, update: ownUpdates()?.state ?? null })

  offerToAttach(relay, dataFolder, hidden)
  brokerHostLines(relay)
  answerShellCalls({ relay, window, preferences, state, updates: ownUpdates })
  tellShellState({ relay, updates }, window, state)
  drainBeforeQuit(relay, window)
  endWithSession(relay)
  mindPower(relay, health)
  showTray({ relay, watch, health, window, onFailed: (sentence) => toast('Patchbay', sentence, null) })
  passOnToasts(watch, preferences, window, toast)
  setAppMenu(window, preferences)
  offerJumpList()
  registerLinks()

  // A second start brings the window of the first to the front, and leads where it was meant to.
  app.on('second-instance', (_event, argv) => window.show(readOptions(argv, process.env).hash))
  app.on('activate', () => window.show())
  app.on('open-url', (_event, url) => window.show(hashOfLink(url)))
  if (!hidden) window.show(wanted ?? options.hash)

  /** A window that showed another Patchbay starts a relay of its own: with all that a start of the app looks at. */
  async function readyAgain(): Promise<RelayStart | null> {
    const again = await readyRelay(plan)
    if (again === null) app.quit()
    else tryOut(again)
    return again
  }

  function tryOut({ key }: RelayStart): void {
    if (key !== null) watchTrial(relay, dataFolder, Buffer.from(key.text, 'base64'))
  }

  function tellOfTray(): void {
    if (preferences.now.knowsTray) return
    preferences.change({ knowsTray: true })
    toast('Patchbay goes on working', 'Its icon is beside the clock. To end it, choose Quit there.', null)
  }
}

function endWithReason(thrown: unknown): void {
  dialog.showErrorBox(
    'Patchbay can not start',
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  )
  app.exit(1)
}

/** Has the operating system bring `patchbay://` links here. What stands in a link can't be taken for a switch, after the dashes. */
function registerLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme, process.execPath, ['--'])
}

if (app.requestSingleInstanceLock()) run()
else app.quit()

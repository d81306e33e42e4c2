import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, shell } from 'electron'
import electronUpdater from 'electron-updater'
import { systemClock } from '#main/base/clock.ts'
import { rollBack } from '#main/store/roll-back.ts'
import { loopingAfter } from '#shared/contract/shell.ts'
import type { RelaySide } from '../relay/relay-side.ts'
import { beginTrial, endTrial, explainRefusal, trialBoundMs, type TrialPorts, type Verdict } from './trial.ts'
import { backUpForUpdate, keepInstaller, setSandboxAside, writeFeedFile } from './update-files.ts'
import { feedOver, isFeedAddress } from './update-feed.ts'
import { judgeStart, orderFile, type UpdateOrder } from './update-order.ts'
import { startUpdates, type Updates } from './updates.ts'

/**
 * Whether this version may work with the data folder, in the light of the last update; to be asked before the relay is started. Where it may
 * not, the person has been told why, and the app has to end.
 */
export async function mayStart(dataFolder: string, dataKey: Uint8Array): Promise<boolean> {
  const orders = orderFile(dataFolder)
  const order = orders.read()
  if (order === null) return true
  switch (judgeStart(order, app.getVersion())) {
    case 'usual':
    case 'back':
      orders.clear()
      return true
    case 'not-installed':
      orders.clear()
      tellLater(`Patchbay ${order.to} was not installed; this is still ${order.from}.`)
      return true
    case 'trial': {
      // Before the relay is started nobody has the database open.
      const ports = { orders, stopRelay: () => Promise.resolve(), ...waysBack(dataFolder, dataKey, order) }
      const verdict = await beginTrial(order, ports)
      if (verdict === null) return true
      await tell(verdict)
      return false
    }
    case 'given-up': {
      if ((await tell(explainRefusal(order))) !== 'try-again') return false
      orders.write({ ...order, starts: 0, refusal: null })
      return true
    }
  }
}

/** Watches the first start of a new version until its relay answers; one that does not is stopped, told, and ended. */
export function watchTrial(relay: RelaySide, dataFolder: string, dataKey: Uint8Array): void {
  const orders = orderFile(dataFolder)
  const order = orders.read()
  if (order === null || judgeStart(order, app.getVersion()) !== 'trial') return
  const ports: TrialPorts = {
    orders,
    stopRelay: () => relay.stop(),
    ...waysBack(dataFolder, dataKey, order),
  }
  const leave = (): void => {
    clearTimeout(timer)
    unhear()
  }
  const end = (trial: Parameters<typeof endTrial>[1]): void => {
    leave()
    void endTrial(order, trial, ports).then(async (verdict) => {
      if (verdict === null) return
      await tell(verdict)
      app.quit()
    })
  }
  const timer = setTimeout(() => end({ end: 'overdue' }), trialBoundMs)
  const unhear = relay.onStatus(({ crashes, phase, sentence }) => {
    // Another Patchbay was quicker, and the database is in its hands.
    if (phase === 'taken') leave()
    if (phase === 'ready') end({ end: 'ready' })
    if (phase === 'failed') end({ end: 'failed', sentence: sentence ?? 'it gives no reason' })
    if (phase === 'waiting' && crashes >= loopingAfter) end({ end: 'looping' })
  })
}

function waysBack(
  dataFolder: string,
  dataKey: Uint8Array,
  { to }: UpdateOrder,
): Pick<TrialPorts, 'rollBack' | 'setSandboxAside'> {
  return {
    rollBack: (backup) => rollBack(join(dataFolder, 'patchbay.db'), backup, dataKey, systemClock.now()),
    setSandboxAside: () => setSandboxAside(dataFolder, to),
  }
}

/** Updates from the feed that was built in, or the one that PATCHBAY_UPDATE_FEED names; null when there is neither. */
export function openUpdates(relay: RelaySide, dataFolder: string): Updates | null {
  const named = process.env['PATCHBAY_UPDATE_FEED'] ?? ''
  const isBuiltIn = app.isPackaged && existsSync(join(process.resourcesPath ?? '', 'app-update.yml'))
  if (!isFeedAddress(named) && !isBuiltIn) return null
  const { autoUpdater } = electronUpdater
  if (isFeedAddress(named)) {
    // It asks its settings for the folder of downloads, wherever the feed is.
    if (!isBuiltIn) autoUpdater.updateConfigPath = writeFeedFile(app.getPath('userData'), named)
    autoUpdater.setFeedURL(named)
  }
  const version = app.getVersion()
  return startUpdates({
    version,
    feed: feedOver(autoUpdater),
    orders: orderFile(dataFolder),
    clock: systemClock,
    drain: () => relay.stop(),
    startRelay: () => relay.restart(),
    backUp: () => backUpForUpdate(dataFolder, version),
    keepInstaller: (file, to) => keepInstaller(dataFolder, file, { from: version, to }),
  })
}

async function tell({ oldInstaller, sentence }: Verdict): Promise<'try-again' | 'end'> {
  const ways = oldInstaller === null ? [] : ['Open the installer']
  const buttons = [...ways, 'Try this version again', 'Quit']
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Patchbay',
    message: 'The new version of Patchbay does not work here.',
    detail: sentence,
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
  })
  if (buttons[response] === 'Open the installer' && oldInstaller !== null) await shell.openPath(oldInstaller)
  return buttons[response] === 'Try this version again' ? 'try-again' : 'end'
}

function tellLater(message: string): void {
  void dialog.showMessageBox({ type: 'info', title: 'Patchbay', message, buttons: ['OK'] })
}

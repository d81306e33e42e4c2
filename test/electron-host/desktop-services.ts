import { EventEmitter } from 'node:events'
import type {
  BaseWindow,
  Dialog,
  Display,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  PowerSaveBlocker,
  SaveDialogOptions,
  SaveDialogReturnValue,
  Screen,
  Shell,
} from 'electron'
import { testWire } from './test-wire.ts'

/** What a dialog is given: with a window first, it stands before that one. */
type Given<Options> = [Options] | [BaseWindow, Options]

const optionsOf = <Options>(given: Given<Options>): Options => (given.length === 1 ? given[0] : given[1])

/** A dialog is put before the test, which chooses a button by its words or names a path. */
export const dialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'> = {
  showMessageBox: async (...given: Given<MessageBoxOptions>): Promise<MessageBoxReturnValue> => {
    const options = optionsOf(given)
    const chosen = await testWire.call<string>('dialog', 'message', options)
    const response = (options.buttons ?? ['OK']).indexOf(chosen)
    if (response < 0) throw new Error(`the dialog has no button ${chosen}`)
    return { response, checkboxChecked: false }
  },
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}: ${content}\n`)
  },
  showOpenDialog: async (...given: Given<OpenDialogOptions>): Promise<OpenDialogReturnValue> => {
    const path = await testWire.call<string>('dialog', 'open', optionsOf(given))
    return { canceled: path === '', filePaths: path === '' ? [] : [path] }
  },
  showSaveDialog: async (...given: Given<SaveDialogOptions>): Promise<SaveDialogReturnValue> => {
    const filePath = await testWire.call<string>('dialog', 'save', optionsOf(given))
    return { canceled: filePath === '', filePath }
  },
}

/** Tells the test what would have been opened. */
export const shell: Pick<Shell, 'openExternal' | 'openPath'> = {
  openExternal: (url) => testWire.call('opened', url),
  // Answers with what was in the way.
  openPath: (path) => testWire.call('opened', path).then(() => ''),
}

/** `suspend`, `resume` and `shutdown` are told by the test. */
export const powerMonitor = new EventEmitter()

const blockers = new Map<number, string>()
let lastBlocker = 0

/** Each `start` counts by itself until its `stop`. */
export const powerSaveBlocker: Pick<PowerSaveBlocker, 'isStarted' | 'start' | 'stop'> = {
  start: (type) => {
    blockers.set(++lastBlocker, type)
    return lastBlocker
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
}

const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
const display = { id: 1, workArea } satisfies Pick<Display, 'id' | 'workArea'> as Display

/** One screen with a task bar at its bottom. */
export const screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'> = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
}

testWire.handle('power', (event: string) => {
  powerMonitor.emit(event)
})
testWire.handle('power.kept', () => blockers.size > 0)

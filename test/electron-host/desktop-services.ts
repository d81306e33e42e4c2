import { EventEmitter } from 'node:events'
import type { Display, PowerSaveBlocker, Screen } from 'electron'
import { testWire } from './test-wire.ts'

interface MessageBox {
  readonly message: string
  readonly detail?: string
  readonly buttons?: readonly string[]
}

/** A dialog is put before the test, which chooses a button by its words or names a path. Given a window first, it stands before that one. */
export const dialog = {
  showMessageBox: async (...args: readonly unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => {
    const options = args.at(-1) as MessageBox
    const chosen = await testWire.call<string>('dialog', 'message', options)
    const response = (options.buttons ?? ['OK']).indexOf(chosen)
    if (response < 0) throw new Error(`the dialog has no button ${chosen}`)
    return { response, checkboxChecked: false }
  },
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}: ${content}\n`)
  },
  showOpenDialog: async (...args: readonly unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> => {
    const path = await testWire.call<string>('dialog', 'open', args.at(-1))
    return { canceled: path === '', filePaths: path === '' ? [] : [path] }
  },
  showSaveDialog: async (...args: readonly unknown[]): Promise<{ canceled: boolean; filePath: string }> => {
    const filePath = await testWire.call<string>('dialog', 'save', args.at(-1))
    return { canceled: filePath === '', filePath }
  },
}

const opened: string[] = []

/** Notes what would have been opened. */
export const shell = {
  openExternal: (url: string): Promise<void> => {
    opened.push(url)
    return Promise.resolve()
  },
}

class StandInPowerMonitor extends EventEmitter {}

/** `suspend`, `resume` and `shutdown` are told by the test. */
export const powerMonitor = new StandInPowerMonitor()

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

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } } as Display

/** One screen with a task bar at its bottom. */
export const screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'> = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
}

testWire.handle('power', (event: string) => {
  powerMonitor.emit(event)
})
testWire.handle('services.seen', () => ({ opened, blockers: [...blockers.values()] }))

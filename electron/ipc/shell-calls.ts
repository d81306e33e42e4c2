import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, dialog, ipcMain, type BrowserWindow } from 'electron'
import * as z from 'zod'
import {
  computerSettingsChange,
  fileToSave,
  openFileAsk,
  updateWord,
  type ComputerSettings,
  type ComputerSettingsChange,
  type FileToSave,
  type OpenFileAsk,
  type OpenedFile,
  type Shell,
  type ShellState,
} from '#shared/contract/shell.ts'
import { openWebPage } from '../open-web-page.ts'
import type { PreferenceFile } from '../preferences.ts'
import type { RelaySide } from '../relay/relay-side.ts'
import type { MainWindow } from '../windows/main-window.ts'
import { shellChannel } from './channels.ts'
import { isFromOwnPage } from './own-page.ts'
import { hiddenSwitch } from '../options.ts'
import type { Updates } from '../updates/updates.ts'

export interface ShellPorts {
  readonly relay: RelaySide
  readonly window: MainWindow
  readonly preferences: PreferenceFile
  readonly state: () => ShellState
  /** null while there are none to be had. */
  readonly updates: () => Updates | null
}

/** Bytes of the largest file that is read for the page. */
const mostBytes = 64 * 1024 * 1024

type Calls = { readonly [Name in Exclude<keyof Shell, 'onState'>]: (input: unknown) => ReturnType<Shell[Name]> }

/** Answers the shell's contract to our own page. What is given is checked here, whatever the page is meant to send. */
export function answerShellCalls(ports: ShellPorts): void {
  const calls = callsOf(ports)
  const isCall = (name: unknown): name is keyof Calls => typeof name === 'string' && Object.hasOwn(calls, name)
  ipcMain.handle(shellChannel, async (event, name: unknown, input: unknown) => {
    if (!isFromOwnPage(event)) throw new Error('Only the console may ask for this.')
    if (!isCall(name)) throw new Error('The shell has no such call.')
    return calls[name](input)
  })
}

function callsOf({ preferences, relay, state, updates, window }: ShellPorts): Calls {
  return {
    openFile: async (input) => openFile(window.now, openFileAsk.parse(input)),
    saveFile: async (input) => saveFile(window.now, fileToSave.parse(input)),
    openExternal: async (input) => openWebPage(z.string().max(4_000).parse(input)),
    showProgress: async (input) => {
      const part = z.number().min(0).max(1).nullable().parse(input)
      window.now?.setProgressBar(part ?? -1)
    },
    settings: async () => settingsNow(preferences),
    saveSettings: async (input) => saveSettings(preferences, computerSettingsChange.parse(input)),
    update: async (input) => updates()?.[updateWord.parse(input)](),
    restartRelay: async () => relay.restart(),
    relayLines: async () => relay.lines(),
    state: async () => state(),
  }
}

async function openFile(window: BrowserWindow | null, { extensions, title }: OpenFileAsk): Promise<OpenedFile | null> {
  const filters = extensions.length === 0 ? [] : [{ name: title, extensions }]
  const ask = { title, filters, properties: ['openFile' as const] }
  const { filePaths } = await (window === null ? dialog.showOpenDialog(ask) : dialog.showOpenDialog(window, ask))
  const [path] = filePaths
  if (path === undefined) return null
  if ((await stat(path)).size > mostBytes) throw new Error(`${basename(path)} is larger than 64 MB.`)
  return { name: basename(path), text: await readFile(path, 'utf8') }
}

async function saveFile(window: BrowserWindow | null, { name, text }: FileToSave): Promise<string | null> {
  // The page proposes a name, not a folder.
  const ask = { defaultPath: join(app.getPath('downloads'), basename(name.replaceAll('\\', '/'))) }
  const { filePath } = await (window === null ? dialog.showSaveDialog(ask) : dialog.showSaveDialog(window, ask))
  if (filePath === '') return null
  await writeFile(filePath, text)
  return filePath
}

function settingsNow({ now }: PreferenceFile): ComputerSettings {
  const { openAtLogin } = app.getLoginItemSettings({ args: [hiddenSwitch] })
  return { startsAtLogin: openAtLogin, toasts: now.toasts, quietHours: now.quietHours }
}

function saveSettings(preferences: PreferenceFile, change: ComputerSettingsChange): ComputerSettings {
  const { quietHours, startsAtLogin, toasts } = change
  if (startsAtLogin !== undefined) app.setLoginItemSettings({ openAtLogin: startsAtLogin, args: [hiddenSwitch] })
  preferences.change({
    ...(toasts === undefined ? {} : { toasts }),
    ...(quietHours === undefined ? {} : { quietHours }),
  })
  return settingsNow(preferences)
}

import * as z from 'zod'
import type { UpdateState } from '../domain/update.ts'

/**
 * What only a desktop can do for the console: the second contract, beside the host's. The preload puts it into the page under `shellKey`; in a
 * browser tab it is absent, and what needs it is not offered there.
 */
export interface Shell {
  /** Lets the person choose a text file and reads it; null when they chose none. Rejects with a sentence when it can't be read. */
  openFile(ask: OpenFileAsk): Promise<OpenedFile | null>
  /** Lets the person choose where to save; answers with the file's path, or null when they gave it up. */
  saveFile(file: FileToSave): Promise<string | null>
  /** Opens an address of the web in the browser of the desktop; false for any other address. */
  openExternal(url: string): Promise<boolean>
  /** How far long work has come, on the task bar: a part of 1, or null when there is none. */
  showProgress(part: number | null): Promise<void>
  settings(): Promise<ComputerSettings>
  /** Answers with all settings as they are now. */
  saveSettings(change: ComputerSettingsChange): Promise<ComputerSettings>
  /** A person's word about updates; nothing goes on without one but the daily check. What comes of it stands in the state. */
  update(word: UpdateWord): Promise<void>
  /** Starts the relay again: at once when it has ended, else after it has finished what it holds. */
  restartRelay(): Promise<void>
  /** The last lines that the relay has written to its log, oldest first. */
  relayLines(): Promise<readonly string[]>
  state(): Promise<ShellState>
  /** Calls `listener` at each change of the state, as long as the page lives. */
  onState(listener: (state: ShellState) => void): void
}

export const updateWord = z.enum(['check', 'download', 'install'])
export type UpdateWord = z.infer<typeof updateWord>

/** Under this name the page finds it. */
export const shellKey = 'patchbayShell'

/** Most characters of a file that goes through the shell. */
const mostCharacters = 64 * 1024 * 1024

export const openFileAsk = z.object({
  title: z.string().max(200),
  /** Endings without the dot. */
  extensions: z.array(z.string().regex(/^[a-z0-9]{1,10}$/)).max(10),
})
export type OpenFileAsk = z.infer<typeof openFileAsk>

export interface OpenedFile {
  readonly name: string
  readonly text: string
}

export const fileToSave = z.object({ name: z.string().min(1).max(200), text: z.string().max(mostCharacters) })
export type FileToSave = z.infer<typeof fileToSave>

/** A time of day, such as 22:00. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Between these times no toast is shown; what is still open afterwards is shown then. They may lie around midnight. */
export const quietHours = z.object({ from: timeOfDay, until: timeOfDay })
export type QuietHours = z.infer<typeof quietHours>

export const computerSettings = z.object({
  /** Start with Windows, without a window. */
  startsAtLogin: z.boolean(),
  toasts: z.boolean(),
  quietHours: quietHours.nullable(),
})
export type ComputerSettings = z.infer<typeof computerSettings>
export const computerSettingsChange = computerSettings.partial()
export type ComputerSettingsChange = z.infer<typeof computerSettingsChange>

/**
 * How the relay's process is:
 *
 *     starting -> ready -> stopping -> stopped
 *        ^          |
 *        +- waiting <- it ended unasked
 *     starting -> failed: it can't work and says why
 *     starting -> taken: another Patchbay works in the data folder -> attached: this window shows that one
 */
export interface RelayStatus {
  readonly phase: 'starting' | 'ready' | 'waiting' | 'failed' | 'taken' | 'attached' | 'stopping' | 'stopped'
  /** Why it can't work, or what it is being waited for; null where the phase says it all. */
  readonly sentence: string | null
  /** How often in a row it has ended soon after its start. */
  readonly crashes: number
  /** When it is started again, ms since 1970; null while nothing of that kind is planned. */
  readonly nextStartAt: number | null
}

/** Ended this often in a row, soon after each start: it will not get better by itself. */
export const loopingAfter = 4

export interface ShellState {
  readonly relay: RelayStatus
  /** null where no feed of updates is known. */
  readonly update: UpdateState | null
}

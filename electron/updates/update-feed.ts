import type { AppUpdater, ProgressInfo, UpdateInfo } from 'electron-updater'
import type { FoundUpdate } from '#shared/domain/update.ts'

/** Where newer versions come from. All of it rejects with an Error when it can't be done. */
export interface UpdateFeed {
  /** null: there is nothing newer. */
  check(): Promise<FoundUpdate | null>
  /** Answers with the installer's file, whose checksum was compared, and on Windows its signature where the build names a publisher. */
  download(onPart: (part: number) => void): Promise<string>
  /** Ends the app and installs what was downloaded. */
  install(): void
}

/** The parts of electron-updater that are used. */
type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'disableWebInstaller'
  | 'logger'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'on'
  | 'off'
>

/** A generic feed (a folder on any web server) through electron-updater; nothing is fetched or installed by surprise. */
export function feedOver(updater: Updater): UpdateFeed {
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  updater.logger = null
  return {
    async check() {
      const result = await updater.checkForUpdates()
      if (result === null || !result.isUpdateAvailable) return null
      return { version: result.updateInfo.version, notes: notesOf(result.updateInfo) }
    },
    async download(onPart) {
      const report = ({ percent }: ProgressInfo) => onPart(Math.min(1, percent / 100))
      updater.on('download-progress', report)
      try {
        const [file] = await updater.downloadUpdate()
        if (file === undefined) throw new Error('The feed names no file for this system.')
        return file
      } finally {
        updater.off('download-progress', report)
      }
    },
    // Not silent, so that the person sees what goes on; the app starts again afterwards.
    install: () => updater.quitAndInstall(false, true),
  }
}

/** The notes without their marks; a feed may bring them as HTML, which is never shown as such. */
function notesOf({ releaseNotes }: UpdateInfo): string {
  const text = Array.isArray(releaseNotes)
    ? releaseNotes.map(({ note, version }) => `${version}: ${note ?? ''}`).join('\n')
    : (releaseNotes ?? '')
  return text.replaceAll(/<[^>]*>/g, '').trim()
}

/** May updates come from there? Over https only, as whoever can change the feed on its way can change the program. */
export function isFeedAddress(url: string): boolean {
  const parsed = URL.parse(url)
  if (parsed === null) return false
  return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && parsed.hostname === '127.0.0.1')
}

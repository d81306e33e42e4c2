import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronBinary } from '#main/setup/electron-runtime.ts'
import { root } from '#main/setup/ensure.mjs'
import { whyHeadless } from '#main/setup/mode.ts'
import { endsWithUs } from './children.ts'
import type { DesktopApp } from './desktop-app.ts'

/** Why Electron itself can't be had here; null when it can. */
export function whyNoElectron(): string | null {
  if (electronBinary() === null) return 'Electron’s runtime is not installed (npm start fetches it)'
  return whyHeadless({ platform: process.platform, env: process.env, uid: process.getuid?.() ?? null })
}

function executable(): string {
  const binary = electronBinary()
  if (binary === null) throw new Error('Electron’s runtime is not installed')
  return binary
}

/** The app as it is built, on Electron's own runtime. */
export class RealDesktop implements DesktopApp {
  readonly ended: Promise<number | null>
  readonly #app: ElectronApplication

  private constructor(app: ElectronApplication) {
    this.#app = app
    this.ended = once(app.process(), 'exit').then(([code]: (number | null)[]) => code ?? null)
  }

  static async launch(args: readonly string[]): Promise<RealDesktop> {
    return new RealDesktop(await _electron.launch({ executablePath: executable(), args: [root, ...args] }))
  }

  /** A further start, which is to hand over to the first and end; answers with its code. */
  static async launchAgain(args: readonly string[]): Promise<number | null> {
    const child = spawn(executable(), [root, ...args], { stdio: 'ignore' })
    endsWithUs(child)
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  }

  window(): Promise<Page> {
    return this.#app.firstWindow()
  }

  windowSeen(): Promise<{ readonly isVisible: boolean } | null> {
    return this.#app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return window === undefined ? null : { isVisible: window.isVisible() }
    })
  }

  closeWindow(): Promise<void> {
    return this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  }

  relayPids(): Promise<number[]> {
    return this.#app.evaluate(({ app }) =>
      app.getAppMetrics().flatMap(({ name, pid }) => (name === 'Patchbay relay' ? [pid] : [])),
    )
  }

  power(event: 'suspend' | 'resume'): Promise<void> {
    return this.#app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event)
  }

  keepsAwake(): Promise<boolean> {
    // Electron numbers them from the start of the app.
    return this.#app.evaluate(({ powerSaveBlocker }) =>
      Array.from({ length: 100 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)),
    )
  }

  /** The app may be gone before it has answered. */
  quit(): Promise<void> {
    return this.#app.evaluate(({ app }) => app.quit()).catch(() => undefined)
  }

  async close(): Promise<number | null> {
    const { exitCode, signalCode } = this.#app.process()
    if (exitCode === null && signalCode === null) await this.quit()
    return this.ended
  }
}

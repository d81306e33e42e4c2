import { join } from 'node:path'
import type { DesktopApp } from './desktop-app.ts'
import { test as onStandIn } from './desktop.ts'
import { RealDesktop } from './real-desktop.ts'

interface AnyDesktop {
  /** Starts the app in folders of the test's own: on Electron where the project says so, else on the stand-in. Ended with the test. */
  readonly open: (args: readonly string[]) => Promise<DesktopApp>
  /** Starts it once more in the same folders, where it is to hand over to the first and end; answers with its code. */
  readonly openAgain: (args: readonly string[]) => Promise<number | null>
}

const inFolder = (folder: string, args: readonly string[]): string[] => [
  ...['--data-dir', join(folder, 'data'), '--receiver-port', '0'],
  `--user-data-dir=${join(folder, 'user-data')}`,
  ...args,
]

/** Walks that need nothing of the stand-in, and run on both. */
export const test = onStandIn.extend<AnyDesktop>({
  open: async ({ folder, start }, use, { project }) => {
    if (project.name !== 'electron') return use((args) => start({ args }))
    const opened: RealDesktop[] = []
    await use(async (args) => {
      const desktop = await RealDesktop.launch(inFolder(folder, args))
      opened.push(desktop)
      return desktop
    })
    for (const desktop of opened) await desktop.close()
  },
  openAgain: async ({ folder, start }, use, { project }) =>
    use(async (args) =>
      project.name === 'electron' ? RealDesktop.launchAgain(inFolder(folder, args)) : (await start({ args })).ended,
    ),
})

import { defineConfig } from '@playwright/test'
import { windowSwitches } from './electron-host/chromium-switches.ts'
import { whyNoElectron } from './support/real-desktop.ts'
import { chromiumArgs, findChromium } from './support/chromium.ts'

const executablePath = findChromium()

const inChromium = (switches: readonly string[] = []) => ({
  trace: 'retain-on-failure' as const,
  screenshot: 'only-on-failure' as const,
  launchOptions: {
    ...(executablePath === null ? {} : { executablePath }),
    args: [...chromiumArgs, ...switches],
  },
})

/** Specs start the host they need themselves, on ports of their own. */
// oxlint-disable-next-line import/no-default-export -- Playwright reads its settings from the default export
export default defineConfig({
  testDir: 'e2e',
  outputDir: '.results/e2e',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Two cores are all there may be, and each spec brings a host and a browser.
  workers: 1,
  // On a machine that others use, too, a walk may be overtaken by its own clock. One that needs a second try is named before the sum.
  retries: 1,
  forbidOnly: true,
  projects: [
    { name: 'tab', testIgnore: ['window/**', 'desktop/**', 'electron/**'], use: inChromium() },
    {
      name: 'desktop',
      // The app on a stand-in for Electron (test/electron-host). Of the other walks, two that say much about the line between window and
      // relay; one theme is enough.
      testMatch: ['window/*.spec.ts', 'desktop/*.spec.ts', 'live.spec.ts', 'replays.spec.ts'],
      grepInvert: / dark /,
      use: inChromium(windowSwitches),
    },
    // The same app on Electron itself. Where its runtime can't be had, one test says so and is skipped.
    {
      name: 'electron',
      testMatch: ['electron/*.spec.ts', ...(whyNoElectron() === null ? ['window/*.spec.ts'] : [])],
      use: inChromium(),
    },
  ],
})

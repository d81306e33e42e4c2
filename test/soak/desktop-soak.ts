import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { windowSwitches } from '#test/electron-host/chromium-switches.ts'
import { Desktop } from '#test/electron-host/desktop.ts'
import { residentMb } from '#test/faults/flood.ts'
import { launchChromium } from '#test/support/chromium.ts'
import { watchHeap } from '#test/support/page-heap.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { slopePerHour, type Finding } from './verdict.ts'

/** What the parts of the desktop app held at one moment (MB). */
interface Held {
  /** Seconds since the start. */
  readonly at: number
  readonly shell: number
  /** In the sandbox, the simulated systems and all they hold included. */
  readonly relay: number
  /** The window's JavaScript, after its garbage was collected. */
  readonly page: number
}

const sampleEveryMs = 30_000
/** Steps of the slider from nobody at work to 120 changes a minute. */
const sliderSteps = 3
const places = ['overview', 'live', 'failures', 'records', 'alerts', 'mappings', 'connections', 'sandbox']
/** Growth that is taken for noise (MB an hour), once everything was opened once. */
const flat = { shell: 10, relay: 60, page: 10 }
type Part = keyof typeof flat

/** Lets the desktop app work in the sandbox while somebody goes from screen to screen, on the stand-in for Electron's runtime. */
export async function soakDesktop(seconds: number, say: (line: string) => void): Promise<readonly Finding[]> {
  const folder = temporaryFolder()
  const browser = await launchChromium(windowSwitches)
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const args = ['--data-dir', join(folder.path, 'data'), '--receiver-port', '0', '--sandbox']
  const desktop = new Desktop({ context, userData: join(folder.path, 'user-data'), args })
  try {
    const page = await desktop.window()
    const speed = page.getByRole('slider', { name: 'Simulated changes a minute' }).first()
    for (let step = 0; step < sliderSteps; step += 1) await speed.press('ArrowRight')
    const heapMb = await watchHeap(page)
    const samples: Held[] = []
    const started = performance.now()
    while (performance.now() - started < seconds * 1_000) {
      await visit(page, places[samples.length % places.length] ?? 'live')
      await wait(sampleEveryMs)
      const sample = await look(desktop, heapMb, (performance.now() - started) / 1_000)
      samples.push(sample)
      say(describe(sample))
    }
    return judge(samples, await desktop.close())
  } finally {
    await desktop.close()
    await browser.close()
    folder.remove()
  }
}

async function visit(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => window.location.assign(hash), `#/${place}`)
}

async function look(desktop: Desktop, heapMb: () => Promise<number>, at: number): Promise<Held> {
  const [relay] = await desktop.relayPids()
  return { at, shell: residentMb(desktop.child.pid), relay: residentMb(relay), page: await heapMb() }
}

function describe({ at, shell, relay, page }: Held): string {
  return `${Math.round(at)} s   shell ${shell.toFixed(0)} MB   relay ${relay.toFixed(0)} MB   page ${page.toFixed(1)} MB`
}

function judge(samples: readonly Held[], exitCode: number | null): Finding[] {
  const warm = samples.slice(Math.floor(samples.length / 3))
  const isShort = (warm.at(-1)?.at ?? 0) - (warm[0]?.at ?? 0) < 600
  const finding = (part: Part): Finding => {
    const growth = slopePerHour(warm, (sample) => sample[part])
    const most = Math.max(...samples.map((sample) => sample[part]))
    const doubt = isShort ? ' (too short a run to judge by)' : ''
    return {
      holds: isShort || growth < flat[part],
      text: `${part}: at most ${most.toFixed(0)} MB, grows by ${growth.toFixed(1)} MB an hour${doubt}`,
    }
  }
  const parts: readonly Part[] = ['shell', 'relay', 'page']
  return [...parts.map(finding), { holds: exitCode === 0, text: `ended with ${exitCode}` }]
}

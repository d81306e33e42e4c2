/** `npm run icons`: draws the app's icons and those beside the clock from electron/icons into electron/resources, with the Chromium that the tests use. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { trayFaces } from '#electron/tray/tray-look.ts'
import { root } from '#main/setup/ensure.mjs'
import { launchChromium } from '#test/support/chromium.ts'
import { icoOf } from './ico.ts'
import { trayPoints, trayScales } from './tray-sizes.ts'

const sizes = [16, 20, 24, 32, 40, 48, 64, 128, 256, 512] as const
/** Up to here (points) the small drawing is used: the large one would blur. */
const smallUpTo = 32
const target = join(root, 'electron/resources')

const browser = await launchChromium()
try {
  const page = await browser.newPage()
  const drawn = new Map<number, Buffer>()
  for (const size of sizes) drawn.set(size, await draw(page, size))
  mkdirSync(join(target, 'icons'), { recursive: true })
  for (const [size, png] of drawn) writeFileSync(join(target, 'icons', `${size}x${size}.png`), png)
  const inIco = [...drawn].filter(([size]) => size <= 256).map(([size, png]) => ({ size, png }))
  writeFileSync(join(target, 'icon.ico'), icoOf(inIco))
  writeFileSync(join(target, 'icon.png'), drawn.get(512) ?? '')
  mkdirSync(join(target, 'tray'), { recursive: true })
  for (const face of trayFaces)
    for (const { scale, suffix } of trayScales)
      writeFileSync(join(target, `tray/${face}${suffix}.png`), await draw(page, trayPoints * scale, `tray/${face}.svg`))
} finally {
  await browser.close()
}

async function draw(page: Page, size: number, file = appDrawing(size)): Promise<Buffer> {
  const svg = readFileSync(join(root, 'electron/icons', file), 'utf8')
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  return page.screenshot({ omitBackground: true })
}

function appDrawing(size: number): string {
  return size <= smallUpTo ? 'app-small.svg' : 'app.svg'
}

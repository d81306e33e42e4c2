import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Tray as RealTray } from 'electron'
import type { Menu } from './menu.ts'
import { testWire } from './test-wire.ts'

/** A picture by its bytes. Those for other scales, which Electron finds by their names, are left alone. */
class Picture {
  readonly png: Buffer

  constructor(file: string) {
    this.png = readFileSync(file)
  }
}

/** Electron answers an empty picture for a file that is not there; here that is an error. */
export const nativeImage = { createFromPath: (file: string): Picture => new Picture(file) }

const trays: Tray[] = []

/** The icon beside the clock. `click` is told on Windows and Linux; its menu opens by itself. */
export class Tray extends EventEmitter implements Pick<RealTray, 'setToolTip'> {
  #picture: Picture
  #tooltip = ''
  #menu: Menu | null = null

  constructor(picture: Picture) {
    super()
    this.#picture = picture
    trays.push(this)
  }

  setImage(picture: Picture): void {
    this.#picture = picture
  }

  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip
  }

  setContextMenu(menu: Menu | null): void {
    this.#menu = menu
  }

  get seen() {
    return { tooltip: this.#tooltip, items: this.#menu?.items ?? [], png: this.#picture.png.toString('base64') }
  }

  choose(label: string): void {
    this.#menu?.choose(label)
  }
}

testWire.handle('tray.seen', () => trays.at(-1)?.seen ?? null)
testWire.handle('tray.choose', (label: string) => trays.at(-1)?.choose(label))
testWire.handle('tray.click', () => {
  trays.at(-1)?.emit('click')
})

import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { nativeImage as realImages, NativeImage, Tray as RealTray } from 'electron'
import { Menu } from './menu.ts'
import { testWire } from './test-wire.ts'

/** A picture by its bytes. Those for other scales, which Electron finds by their names, are left alone. */
class Picture implements Pick<NativeImage, 'toPNG'> {
  readonly #png: Buffer

  constructor(file: string) {
    this.#png = readFileSync(file)
  }

  toPNG(): Buffer {
    return this.#png
  }
}

/** Electron answers an empty picture for a file that is not there; here that is an error. */
export const nativeImage = {
  createFromPath: (...[file]: Parameters<typeof realImages.createFromPath>): Picture => new Picture(file),
}

const trays: Tray[] = []

/** The icon beside the clock. `click` is told on Windows and Linux; its menu opens by itself. */
export class Tray extends EventEmitter implements Pick<RealTray, 'setContextMenu' | 'setImage' | 'setToolTip'> {
  #picture: Pick<NativeImage, 'toPNG'>
  #tooltip = ''
  #menu: Menu | null = null

  constructor(picture: Pick<NativeImage, 'toPNG'>) {
    super()
    this.#picture = picture
    trays.push(this)
  }

  setImage(picture: Pick<NativeImage, 'toPNG'> | string): void {
    this.#picture = typeof picture === 'string' ? new Picture(picture) : picture
  }

  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip
  }

  setContextMenu(menu: unknown): void {
    this.#menu = menu instanceof Menu ? menu : null
  }

  get seen() {
    return { tooltip: this.#tooltip, items: this.#menu?.items ?? [], png: this.#picture.toPNG().toString('base64') }
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

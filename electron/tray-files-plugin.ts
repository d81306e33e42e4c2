import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const folder = 'electron/resources/tray'

/** Brings the pictures of the icon beside the clock along, in a folder beside the files that are built. */
export function trayFilesPlugin(): Plugin {
  return {
    name: 'patchbay-tray-files',
    buildStart() {
      for (const name of readdirSync(folder))
        this.emitFile({ type: 'asset', fileName: `tray/${name}`, source: readFileSync(`${folder}/${name}`) })
    },
  }
}

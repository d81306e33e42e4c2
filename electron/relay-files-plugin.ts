import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** How a module names a thread beside it: `new URL('./worker.ts', import.meta.url)`. */
const threadPattern = /new URL\(['"]\.\/([\w-]+)\.ts['"], import\.meta\.url\)/g

/**
 * Brings along what the relay finds by its own address and not by an import: its threads, each built as a file of its own, and
 * the T-SQL beside the module that reads it. All output has to lie in one folder.
 */
export function relayFilesPlugin(): Plugin {
  return {
    name: 'patchbay-relay-files',
    transform(code, id) {
      if (!id.includes('/main/')) return null
      return code.replace(threadPattern, (_whole, name: string) => {
        this.emitFile({ type: 'chunk', id: join(dirname(id), `${name}.ts`), fileName: `${name}.js` })
        return `new URL('./${name}.js', import.meta.url)`
      })
    },
    buildStart() {
      const folder = 'main/connectors/connectwise/sql'
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.sql')))
        this.emitFile({ type: 'asset', fileName: name, source: readFileSync(join(folder, name)) })
    },
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Store } from '#main/store/store.ts'

/** A folder of its own for one test; `remove` takes it away with everything in it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'patchbay-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** An empty store in a folder of its own. */
export function temporaryStore(): { readonly store: Store; close(): Promise<void> } {
  const folder = temporaryFolder()
  const store = new Store(join(folder.path, 'patchbay.db'))
  return {
    store,
    close: async () => {
      await store.close()
      folder.remove()
    },
  }
}

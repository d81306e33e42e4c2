import { cpSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import { relayFilesPlugin } from './relay-files-plugin.ts'

/**
 * Brings a console of its own along, as files that a plain Node can read: the window's lies in the archive, where nobody can change it. In the
 * sources the console is built to ../out/renderer, seen from main/.
 */
const consolePlugin: Plugin = {
  name: 'patchbay-service-console',
  transform: (code, id) => (id.endsWith('/main/headless.ts') ? code.replace('../out/renderer', './console') : null),
  closeBundle: () => cpSync('out/renderer', 'out/service/console', { recursive: true }),
}

/**
 * The headless host as the Windows service runs it: by a Node of its own, which can't read the app's archive. So all that it imports is in
 * its files, but for the database's native code.
 */
// oxlint-disable-next-line import/no-default-export -- vite reads its settings from the default export
export default defineConfig({
  plugins: [consolePlugin, relayFilesPlugin()],
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    // The T-SQL files.
    ssrEmitAssets: true,
    outDir: 'out/service',
    license: { fileName: 'licences.txt' },
    emptyOutDir: true,
    target: 'node24',
    rolldownOptions: {
      input: { headless: 'main/headless.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
})

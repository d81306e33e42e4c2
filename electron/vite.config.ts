import { defineConfig } from 'electron-vite'
import { rendererConfig } from '../renderer/vite.config.ts'
import { relayFilesPlugin } from './relay-files-plugin.ts'
import { trayFilesPlugin } from './tray-files-plugin.ts'

// oxlint-disable-next-line import/no-default-export -- electron-vite reads its settings from the default export
export default defineConfig({
  // electron-vite's "main" is Electron's main process, which is our electron/ folder; the relay's process is built with it.
  main: {
    plugins: [relayFilesPlugin(), trayFilesPlugin()],
    // All packages are in its files but the database's native code, so that the app needs no folder of packages: a tenth of the size.
    ssr: { noExternal: true, external: ['better-sqlite3'] },

    build: {
      outDir: 'out/electron',
      externalizeDeps: false,
      license: { fileName: 'licences.txt' },
      rolldownOptions: {
        input: { entry: 'electron/entry.ts', 'relay-process': 'electron/relay/relay-process.ts' },
        // One folder, so that what lies beside a module in the sources lies beside it here.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    // A sandboxed preload can't load modules of its own: CommonJS files with everything in them, and nothing shared between the two.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload/preload.ts', unlock: 'electron/preload/unlock.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // electron-vite takes the folder from the project's root, where vite takes it from the renderer's.
  renderer: { ...rendererConfig, build: { ...rendererConfig.build, outDir: 'out/renderer' } },
})

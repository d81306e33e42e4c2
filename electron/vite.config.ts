import { defineConfig } from 'electron-vite'
import { rendererConfig } from '../renderer/vite.config.ts'

// oxlint-disable-next-line import/no-default-export -- electron-vite reads its settings from the default export
export default defineConfig({
  // electron-vite's "main" is Electron's main process, which is our electron/ folder.
  main: { build: { outDir: 'out/electron', rolldownOptions: { input: 'electron/entry.ts' } } },
  preload: {
    // A sandboxed preload can't load modules of its own: one CommonJS file with everything in it.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: 'electron/preload/preload.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
})

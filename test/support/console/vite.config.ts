import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Shows the console on made-up data: `vite build --config test/support/console/vite.config.ts`, then `vite preview` with the same.
// oxlint-disable-next-line import/no-default-export -- vite reads its settings from the default export
export default defineConfig({
  root: 'test/support/console',
  publicDir: '../../../renderer/public',
  base: './',
  plugins: [react()],
  build: { outDir: '../../../out/console-preview', emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
})

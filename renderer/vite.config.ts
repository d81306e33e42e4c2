import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin, UserConfig } from 'vite'
import { contentPolicy } from '../shared/logic/content-policy.ts'

/** Writes the policy into the built page; the development server needs inline scripts and goes without. */
const policyPlugin: Plugin = {
  name: 'patchbay-content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content: contentPolicy(['ws://127.0.0.1:*', 'ws://localhost:*']),
      },
      injectTo: 'head-prepend',
    },
  ],
}

/** How the renderer is built, alone for the headless host or as a part of the desktop app. Paths start at the project's root. */
export const rendererConfig: UserConfig = {
  root: 'renderer',
  base: './',
  plugins: [react(), policyPlugin],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    license: { fileName: 'licences.txt' },
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The second page is the desktop app's, for a start whose key is locked.
      input: { index: 'renderer/index.html', unlock: 'renderer/unlock.html' },
      output: {
        codeSplitting: { groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }] },
      },
    },
  },
}

// oxlint-disable-next-line import/no-default-export -- vite reads its settings from the default export
export default defineConfig(rendererConfig)

import { defineConfig } from 'vitest/config'

// oxlint-disable-next-line import/no-default-export -- vitest reads its settings from the default export
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'test/{unit,contract,conformance,property,bridge,crash,faults,durability}/**/*.test.{ts,tsx}',
      'test/*.test.ts',
    ],
    pool: 'forks',
    // V8 guards its code pages with the processor's memory keys, and threads that come and go race on its list of them: "Check failed:
    // jit_page.has_value()" ends the process (https://github.com/archestra-ai/archestra/pull/6177). One file in some thousand died of it.
    execArgv: process.platform === 'linux' && process.arch === 'x64' ? ['--no-memory-protection-keys'] : [],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})

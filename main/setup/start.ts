/** `npm start`: the desktop app where it can run; elsewhere the headless host, with the console in a browser. */
import { spawn } from 'node:child_process'
import { buildIfOutdated, desktopBuild, rendererBuild } from './build.ts'
import { electronBinary, fetchElectron } from './electron-runtime.ts'
import { giveUp, root } from './ensure.mjs'
import { serveHeadless } from './headless-entry.ts'
import { whyHeadless } from './mode.ts'

const reason = whyHeadless({ platform: process.platform, env: process.env, uid: process.getuid?.() ?? null })
const binary = reason === null ? (electronBinary() ?? (await fetchElectron())) : null

if (binary === null) {
  const why = reason ?? 'the desktop runtime is not here and could not be downloaded'
  process.stderr.write(
    `Patchbay: no desktop window, because ${why}. The console is in a browser, at the address below.\n`,
  )
  await buildIfOutdated(rendererBuild).catch(giveUp)
  await serveHeadless()
} else {
  await buildIfOutdated(desktopBuild).catch(giveUp)
  startDesktop(binary)
}

/** Runs until the app ends; a signal meant for us is for the app. */
function startDesktop(binary: string): void {
  const child = spawn(binary, [root, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.once('error', giveUp)
  child.once('exit', (code) => process.exit(code ?? 1))
}

import { enableCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { root } from './ensure.mjs'

/** Lets the headless host take over this process: it reads the arguments and handles the signals itself. */
export async function serveHeadless(): Promise<void> {
  const script = join(root, 'main/headless.ts')
  process.argv[1] = script
  // Compiled sources from the last run: the receiver listens a third sooner.
  enableCompileCache(join(root, 'node_modules/.cache/compiled'))
  await import(pathToFileURL(script).href)
}

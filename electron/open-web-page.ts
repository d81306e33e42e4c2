import { shell } from 'electron'
import { isWebPage } from './windows/navigation-guard.ts'

/** Opens a page of the web in the browser of the desktop; false, and nothing else, for any other address. */
export function openWebPage(url: string): boolean {
  if (!isWebPage(url)) return false
  // Without a browser there is nobody to tell but the log.
  shell.openExternal(url).catch((thrown: unknown) => process.stderr.write(`${String(thrown)}\n`))
  return true
}

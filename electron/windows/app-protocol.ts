import { pathToFileURL } from 'node:url'
import { net, protocol } from 'electron'
import { pageScheme } from './navigation-guard.ts'
import { fileFor } from './page-files.ts'

/** Nothing from the network at all: the page speaks to the relay through its MessagePort. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Has to be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the files of `folder` under the page's address, and nothing outside of it. */
export function servePage(folder: string): void {
  protocol.handle(pageScheme, async (request) => {
    const file = fileFor(request.url, folder)
    if (request.method !== 'GET' || file === null) return new Response(null, { status: 404 })
    const found = await net.fetch(pathToFileURL(file).href)
    const headers = new Headers(found.headers)
    headers.set('content-security-policy', contentPolicy)
    headers.set('x-content-type-options', 'nosniff')
    return new Response(found.body, { status: found.status, headers })
  })
}

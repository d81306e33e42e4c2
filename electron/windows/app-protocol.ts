import { pathToFileURL } from 'node:url'
import { net, protocol } from 'electron'
import { contentPolicyHeader } from '#shared/logic/content-policy.ts'
import { pageScheme } from './navigation-guard.ts'
import { fileFor } from './page-files.ts'

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
    // No sockets: the page speaks to the relay through its MessagePort.
    headers.set('content-security-policy', contentPolicyHeader())
    headers.set('x-content-type-options', 'nosniff')
    return new Response(found.body, { status: found.status, headers })
  })
}

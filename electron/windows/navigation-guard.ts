/** Where the built page lives: `patchbay-app://patchbay/index.html`. */
export const pageScheme = 'patchbay-app'
export const pageHost = 'patchbay'
export const pageUrl = `${pageScheme}://${pageHost}/index.html`

/** Is this a page of ours? `devUrl` is the address of the development server, while there is one. */
export function isOwnPage(url: string, devUrl: string | undefined = process.env['ELECTRON_RENDERER_URL']): boolean {
  const parsed = URL.parse(url)
  if (parsed === null) return false
  if (parsed.protocol === `${pageScheme}:`) return parsed.host === pageHost
  return devUrl !== undefined && parsed.origin === URL.parse(devUrl)?.origin
}

/** May this address be handed to the browser of the desktop? Web pages only: a file or a custom scheme could start programs. */
export function isWebPage(url: string): boolean {
  const protocol = URL.parse(url)?.protocol
  return protocol === 'https:' || protocol === 'http:'
}

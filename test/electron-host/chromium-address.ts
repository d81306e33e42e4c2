/** The hosts under which Chromium knows the addresses of schemes that only Electron has. */
const suffix = 'electron-host.test'

/**
 * Chromium has no way to be taught a scheme from outside, so `scheme://host/path` is a host of its own over https here: as secure, and as
 * apart from every other origin, as the privileged scheme is in Electron.
 */
export function toChromium(url: string): string {
  const { hash, host, pathname, protocol, search } = new URL(url)
  if (protocol.startsWith('http') || host === '') return url
  return `https://${host}.${protocol.slice(0, -1)}.${suffix}${pathname}${search}${hash}`
}

/** The address as the main process knows it. */
export function fromChromium(url: string): string {
  const parsed = URL.parse(url)
  const found = parsed === null ? null : /^(.+)\.([a-z-]+)\.electron-host\.test$/.exec(parsed.host)
  if (parsed === null || found === null) return url
  return `${found[2] ?? ''}://${found[1] ?? ''}${parsed.pathname}${parsed.search}${parsed.hash}`
}

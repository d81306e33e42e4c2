/**
 * What the console's page may load: nothing from afar, and no code but our own files, in workers too. Styles may stand inline, as the UI kit writes its
 * theme into the page.
 *
 * @param sockets further addresses that the page may speak to
 */
export function contentPolicy(sockets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    ["connect-src 'self'", ...sockets].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The same for a header, which can also forbid that other pages frame ours; a page can't say that of itself. */
export function contentPolicyHeader(sockets: readonly string[] = []): string {
  return `${contentPolicy(sockets)}; frame-ancestors 'none'`
}

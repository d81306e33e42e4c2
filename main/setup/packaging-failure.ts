/** Failures of a connection, as Node and what uses it name them. */
const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)\b[^\n]*?(?= failedTask|$)/m

/** Where Electron's runtime and electron-builder's tools come from, unless ELECTRON_MIRROR says otherwise. */
const downloads = /github\.com|githubusercontent\.com/

/** What a failure of electron-builder means, in a sentence; null where only its own words tell. */
export function explainPackaging(output: string): string | null {
  const found = unreachable.exec(output)
  if (found === null || !downloads.test(output)) return null
  return (
    `Patchbay is built, but no installer was made: electron-builder has to fetch Electron's runtime and its tools from github.com, and that ` +
    `could not be reached (${found[0].trim()}). Do it where there is a network, or name a mirror in ELECTRON_MIRROR.`
  )
}

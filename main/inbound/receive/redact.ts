import type { IncomingHttpHeaders } from 'node:http'

/** Bytes of a refused body that are kept. */
const excerptBytes = 4_096
const maxHeaderLength = 512
const withheld = '[withheld]'

const usefulHeaders = new Set([
  'content-type',
  'content-encoding',
  'user-agent',
  'x-forwarded-for',
  'x-request-id',
  'idempotency-key',
])
const secretName = /authorization|cookie|secret|token|password|passphrase|api-?_?key|private-?_?key|session/i
const signatureName = /signature|hmac/i

/** The headers worth keeping with an event: who sent it and through what, nothing that proves anything. */
export function usefulHeadersOf(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (typeof value !== 'string') continue
    if (usefulHeaders.has(name) || (name.startsWith('x-hookdeck-') && !signatureName.test(name)))
      kept[name] = value.slice(0, maxHeaderLength)
  }
  return kept
}

/** Takes secrets out of what is kept of a refused request: known ones by value, others by the names they usually have. */
export interface Redactor {
  headers(headers: IncomingHttpHeaders): Record<string, string>
  /** The beginning of a body as text. */
  excerpt(bytes: Buffer): string
}

/** `signatureHeader` is a header beyond the usual ones that carries a signature, in lower case. */
export function createRedactor(secrets: Readonly<Record<string, string>>, signatureHeader: string | null): Redactor {
  // Shorter ones would blank out ordinary words.
  const known = Object.values(secrets).filter((secret) => secret.length >= 6)
  const longest = Math.max(0, ...known.map((secret) => Buffer.byteLength(secret)))
  const withoutKnown = (text: string): string =>
    known.reduce((clean, secret) => clean.replaceAll(secret, withheld), text)
  return {
    headers(headers) {
      const kept: Record<string, string> = {}
      for (const [name, values] of Object.entries(headers)) {
        const value = typeof values === 'string' ? values : (values ?? []).join(', ')
        if (name === '__proto__') continue
        if (secretName.test(name)) kept[name] = withheld
        else if (signatureName.test(name) || name === signatureHeader)
          kept[name] = value.length > 8 ? `${value.slice(0, 8)}…` : value
        else kept[name] = withoutKnown(value).slice(0, maxHeaderLength)
      }
      return kept
    },
    excerpt(bytes) {
      // Read beyond the cut, so that a secret that straddles it is recognised.
      const text = withoutKnown(bytes.toString('utf8', 0, excerptBytes + longest))
      return withoutNamed(text).slice(0, excerptBytes)
    },
  }
}

function withoutNamed(text: string): string {
  return text
    .replace(/"([\w-]{1,64})"(\s*:\s*)"(?:[^"\\]|\\.)*"?/g, (whole, name: string, colon: string) =>
      secretName.test(name) ? `"${name}"${colon}"${withheld}"` : whole,
    )
    .replace(/<((?:\w{1,40}:)?SessionId)>[^<]*/gi, `<$1>${withheld}`)
    .replace(/\b(token|password|secret)=[^&\s"]*/gi, `$1=${withheld}`)
}

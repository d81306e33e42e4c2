/** Body text kept of an exchange, in characters. */
export const keptBody = 16_384

const withheld = '[withheld]'

/** Names under which sign-in answers and requests carry what nobody may read later. */
const secretNames = 'access_token|refresh_token|id_token|signature|client_secret|assertion'
const secretInJson = new RegExp(`("(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'g')
const secretInForm = new RegExp(`((?:^|&)(?:${secretNames})=)[^&]*`, 'g')

/** Headers that prove who we are, or that a session is built on. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'www-authenticate'])

/** Takes what is secret out of what is written down. */
export interface Redactor {
  /** From now on this value never appears in what the redactor gives out. */
  add(secret: string): void
  /** `text` without any known secret. */
  text(text: string): string
  /** A body without secrets, cut to what is worth keeping; `null` stays `null`. */
  body(body: string | null, signIn: boolean): string | null
  headers(headers: Readonly<Record<string, string>>): Record<string, string>
}

/** Redacts by value (every secret handed in) and, for sign-in bodies, by name. The newest 32 secrets are remembered. */
export function createRedactor(initial: readonly string[]): Redactor {
  const secrets: string[] = []
  const add = (secret: string) => {
    // Shorter values would blank out ordinary words; no vendor hands out secrets that short.
    if (secret.length < 6 || secrets.includes(secret)) return
    secrets.push(secret)
    if (secrets.length > 32) secrets.splice(initial.length, 1)
  }
  initial.forEach(add)

  const text = (value: string) => {
    let clean = value
    for (const secret of secrets) {
      clean = clean.replaceAll(secret, withheld)
      const inForm = encodeURIComponent(secret)
      if (inForm !== secret) clean = clean.replaceAll(inForm, withheld)
    }
    return clean
  }

  return {
    add,
    text,
    body(body, signIn) {
      if (body === null) return null
      // A margin beyond the cut, so that no secret is cut in half and escapes the search.
      const margin = Math.max(0, ...secrets.map((secret) => encodeURIComponent(secret).length))
      let kept = body.slice(0, keptBody + margin)
      if (signIn) kept = kept.replace(secretInJson, `$1"${withheld}"`).replace(secretInForm, `$1${withheld}`)
      kept = text(kept)
      return body.length > keptBody ? `${kept.slice(0, keptBody)}\n… cut here; ${body.length} characters in all` : kept
    },
    headers(headers) {
      const kept = Object.entries(headers).filter(([name]) => !secretHeaders.has(name.toLowerCase()))
      return Object.fromEntries(kept.map(([name, value]) => [name, text(value)]))
    },
  }
}

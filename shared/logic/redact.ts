/** Stands where a secret was. */
export const redacted = '[redacted]'

const secretName =
  /pass(?:word|wd|phrase)|secret|(?:^|[^a-z])pwd|authorization|cookie|assertion|signature|session_?-?id|api_?-?key|(?:private|access|signing|shared|account)_?-?key|credential|(?<!page_?-?)token$|^(?:sig|jwt|sid)$/iu

/** Is what stands under this header, field or parameter a secret? */
export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** In addresses also names that are harmless elsewhere: OAuth codes and API keys. */
function isSecretParameter(name: string): boolean {
  return isSecretName(name) || /^(?:key|code)$/iu.test(name)
}

/** Addresses whose path is the secret; what is kept of it is in the first group. */
const secretPaths = [
  /(\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[^\s"'<>?#\\]+/giu,
  /(\bhooks\.zapier\.com\/hooks\/)[^\s"'<>?#\\]+/giu,
  /(\bmaker\.ifttt\.com\/(?:trigger\/[^\s"'<>/?#\\]+\/(?:json\/)?with|use)\/)[^\s"'<>?#\\]+/giu,
  /(\bwebhook\.office\.com\/)[^\s"'<>?#\\]+/giu,
  /(\b(?:discord|discordapp)\.com\/api\/webhooks\/)[^\s"'<>?#\\]+/giu,
  /(\b(?:hkdk\.events|events\.hookdeck\.com\/e)\/)[^\s"'<>?#\\]+/giu,
]

/** An address without user, password, secret parameters and secret path. */
export function redactUrl(url: string): string {
  const plain = url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#\s@]*@/iu, `$1${redacted}@`)
    .replace(/([?&#;])([^=&#;?\s]+)=([^&#;\s]*)/gu, (whole, mark: string, name: string) =>
      isSecretParameter(decodeName(name)) ? `${mark}${name}=${redacted}` : whole,
    )
  return secretPaths.reduce((text, path) => text.replace(path, `$1${redacted}`), plain)
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** A copy of the headers with secret ones redacted; `Authorization` keeps its scheme. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactHeader(name, value)]))
}

/** What is shown of one header's value. */
export function redactHeader(name: string, value: string): string {
  if (!isSecretName(name)) return redactText(value)
  const scheme = /authorization/iu.test(name) ? /^(?:basic|bearer|digest|negotiate) /iu.exec(value)?.[0] : undefined
  return `${scheme ?? ''}${redacted}`
}

const formMember = /(^|[&\s;,?])([\w.[\]%-]{1,100})=("[^"]*"|[^&\s;,"']*)/gu
const xmlElement = /(<(?:[\w.-]+:)?([\w.-]{1,100})(?:\s[^<>]*)?>)([^<]*)/gu
const address = /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>\\]+/giu
const bareSecrets = [
  /\b(Basic |Bearer )[A-Za-z0-9+/=._~!-]{6,}/gu,
  /()(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/gu,
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu,
]

/**
 * Takes secrets out of a body, log line or message in whatever form it has: JSON, form, XML or plain text. Works on text
 * that was cut off, keeps everything else as it is, and redacting twice changes nothing.
 */
export function redactText(text: string): string {
  const plain = bareSecrets.reduce((rest, secret) => rest.replace(secret, `$1${redacted}`), text)
  return redactMembers(plain.replace(address, redactUrl))
    .replace(formMember, (whole, mark: string, name: string) =>
      isSecretName(decodeName(name)) ? `${mark}${name}=${redacted}` : whole,
    )
    .replace(xmlElement, (whole, head: string, name: string, value: string) =>
      isSecretName(name) && value.trim() !== '' ? `${head}${redacted}` : whole,
    )
}

/** A name in JSON with its colon, also in a JSON text within JSON: the quotes then carry back-slashes. */
const memberName = /(?<!\\)(\\{0,31})"([^"\\]{1,100})\1"\s*:\s*/gu

/** Redacts the values of secret names in JSON text, however deep it is nested and wherever it was cut. */
function redactMembers(text: string): string {
  let [kept, from] = ['', 0]
  memberName.lastIndex = 0
  for (let found = memberName.exec(text); found !== null; found = memberName.exec(text)) {
    const [, slashes = '', name = ''] = found
    if (!isSecretName(name)) continue
    const end = endOfValue(text, memberName.lastIndex, slashes)
    if (end === memberName.lastIndex) continue
    kept += `${text.slice(from, memberName.lastIndex)}${slashes}"${redacted}${slashes}"`
    from = memberName.lastIndex = end
  }
  return kept + text.slice(from)
}

/** Where a value ends; in doubt it takes too much rather than too little. Objects are left to their own members. */
function endOfValue(text: string, start: number, slashes: string): number {
  const quote = `${slashes}"`
  if (text.startsWith(quote, start)) {
    let end = text.indexOf(quote, start + quote.length)
    // A quote with more back-slashes before it belongs to the value.
    while (end !== -1 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1)
    return end === -1 ? text.length : end + quote.length
  }
  const other = /\[[^[\]{}]*\]?|-?\d[\d.eE+-]*|true|false/uy
  other.lastIndex = start
  return other.test(text) ? other.lastIndex : start
}

import type { IncomingHttpHeaders } from 'node:http'
import type { Redactor } from '#main/base/redactor.ts'

const maxHeaderLength = 512
/** Enough of a signature to tell it from another one, and far too little to use it. */
const shownOfSignature = 8

const usefulHeaders = new Set([
  'content-type',
  'content-encoding',
  'user-agent',
  'x-forwarded-for',
  'x-request-id',
  'idempotency-key',
])
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

/**
 * The headers of a refused request, all of them, without what is secret; of a signature the beginning.
 *
 * @param signatureHeader in lower case: one beyond the usual that carries a signature.
 */
export function refusedHeadersOf(
  headers: IncomingHttpHeaders,
  redactor: Redactor,
  signatureHeader: string | null,
): Record<string, string> {
  const joined = Object.entries(headers)
    .filter(([name]) => name !== '__proto__')
    .map(([name, values]) => [name, Array.isArray(values) ? values.join(', ') : (values ?? '')] as const)
  const isSignature = (name: string) => signatureName.test(name) || name === signatureHeader
  const signatures = joined.filter(([name]) => isSignature(name))
  return {
    ...cut(Object.entries(redactor.headers(Object.fromEntries(joined))), maxHeaderLength, ''),
    ...cut(signatures, shownOfSignature, '…'),
  }
}

function cut(headers: readonly (readonly [string, string])[], most: number, mark: string): Record<string, string> {
  return Object.fromEntries(
    headers.map(([name, value]) => [name, value.length > most ? `${value.slice(0, most)}${mark}` : value]),
  )
}

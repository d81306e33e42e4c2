import type { Redactor } from '#main/base/redactor.ts'
import { isSecretName, redactText } from '#shared/logic/redact.ts'

/** Body text kept of an exchange, in characters. */
export const keptBody = 16_384

/**
 * What is kept of a body: without secrets, cut to what is worth keeping; `null` stays `null`.
 *
 * Sign-in answers carry secrets that nobody has seen before, so there the names count too; records are kept as they are.
 */
export function keepBody(redactor: Redactor, body: string | null, isSignIn: boolean): string | null {
  if (body === null) return null
  const beginning = redactor.beginning(body, keptBody)
  const kept = isSignIn ? redactText(beginning) : beginning
  return body.length > keptBody ? `${kept}\n… cut here; ${body.length} characters in all` : kept
}

/** Headers that say how bytes were carried and nothing of what was asked or answered. */
const carriage = new Set([
  'accept-encoding',
  'cache-control',
  'connection',
  'content-length',
  'date',
  'expires',
  'host',
  'keep-alive',
  'pragma',
  'transfer-encoding',
  'vary',
])

/**
 * What is kept of the headers: what a person may want to read, without secrets; and of those that prove who we are, or that a
 * session is built on, nothing at all.
 */
export function keepHeaders(redactor: Redactor, headers: Readonly<Record<string, string>>): Record<string, string> {
  const telling = Object.entries(headers).filter(([name]) => !carriage.has(name.toLowerCase()) && !isSecretName(name))
  return redactor.headers(Object.fromEntries(telling))
}

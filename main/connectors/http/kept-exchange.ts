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

/** What is kept of the headers: without secrets, and of those that prove who we are, or that a session is built on, nothing at all. */
export function keepHeaders(redactor: Redactor, headers: Readonly<Record<string, string>>): Record<string, string> {
  return redactor.headers(Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretName(name))))
}

import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import type { CurlRequest } from '#shared/logic/curl.ts'
import { isSecretName, redacted } from '#shared/logic/redact.ts'

/** What stands at the end of a body of which the beginning only was kept. */
const cutMark = /\n… cut here; \d+ characters in all$/

/**
 * An exchange as a request to be sent again. What was not kept because it is secret stands there as a placeholder; null when the body
 * is too large to have been kept whole.
 */
export function requestOfExchange(exchange: Exchange): CurlRequest | null {
  const { method, purpose, requestBody, requestHeaders, url } = exchange
  if (requestBody !== null && cutMark.test(requestBody)) return null
  const isSigned = purpose === 'sign-in' || Object.keys(requestHeaders).some((name) => /^authorization$/i.test(name))
  return {
    method,
    url: withPlaceholders(url),
    headers: {
      ...(isSigned ? {} : { Authorization: authorizationFor(url) }),
      ...Object.fromEntries(
        Object.entries(requestHeaders).map(([name, value]) => [name, isSecretName(name) ? '<secret>' : value]),
      ),
    },
    body: requestBody === null || requestBody === '' ? null : withPlaceholders(requestBody),
  }
}

/** An event as the request that brought it, to be sent to the receiver again; null for one that came in another way. */
export function requestOfEvent(event: EventDetail, receiverUrl: string): CurlRequest | null {
  if (event.via !== 'webhook') return null
  const signature = event.system === 'salesforce' ? 'x-hookdeck-signature' : 'x-content-signature'
  const file = payloadFileName(event)
  return {
    method: 'POST',
    url: `${receiverUrl}/hooks/${event.sourceId}`,
    headers: {
      ...(event.contentType === '' ? {} : { 'content-type': event.contentType }),
      ...event.headers,
      [signature]: '<signature of this payload>',
    },
    body: event.bodyTruncated ? { file } : event.body,
  }
}

/** The name of the file that a payload is saved to. */
export function payloadFileName({ id, body }: Pick<EventDetail, 'id' | 'body'>): string {
  const first = body.trimStart().charAt(0)
  return `event-${id}.${first === '{' || first === '[' ? 'json' : first === '<' ? 'xml' : 'txt'}`
}

/** Salesforce's addresses tell themselves; whatever else is called is ConnectWise. */
function authorizationFor(url: string): string {
  return /\/services\//.test(url) ? 'Bearer <access token>' : 'Basic <company+public key:private key in Base64>'
}

function withPlaceholders(text: string): string {
  return text.replaceAll(redacted, '<secret>')
}

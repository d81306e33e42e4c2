import type { IncomingHttpHeaders } from 'node:http'
import type { KeyObject } from 'node:crypto'
import type { ParsedBody } from '#main/inbound/parse/parsed.ts'
import { accepted, refused } from '#main/inbound/parse/reason.ts'
import type { Reason } from '#main/inbound/parse/reason.ts'
import { toLongId } from '#main/inbound/parse/salesforce-id.ts'
import type { SourceOf } from '#shared/domain/source.ts'
import { hmacKey, sameSecret, sameSignature, sign } from './signature.ts'
import type { Unverified, Verdict, Verifier } from './verdict.ts'

type SalesforceSource = SourceOf<'salesforce-webhook'>

const hookdeckHeaders = ['x-hookdeck-signature', 'x-hookdeck-signature-2'] as const

/**
 * Verifies what reaches a Salesforce source: by Hookdeck's signature, by the HMAC header of a direct callout, or, for Outbound
 * Messages alone, by the token in the address. While secrets are rotated, any signature that fits any of Hookdeck's two is good.
 */
export function salesforceVerifier(source: SalesforceSource, secrets: Readonly<Record<string, string>>): Verifier {
  const hookdeckKeys = [secrets['signingSecret'], secrets['signingSecret2']].filter(isSet).map(hmacKey)
  const directKeys = [secrets['hmacSecret']].filter(isSet).map(hmacKey)
  const directHeader = source.settings.hmacHeader.toLowerCase()
  const pathToken = secrets['pathToken']
  return (request) => {
    const { headers, raw } = request
    const hookdeck = hookdeckHeaders.map((name) => readHeader(headers, name)).filter(isSet)
    const direct = [readHeader(headers, directHeader)].filter(isSet)
    if (matches(hookdeck, hookdeckKeys, raw)) {
      const id = readHeader(headers, 'x-hookdeck-eventid')
      return accepted({
        by: 'Hookdeck signature',
        hookdeckId: isSet(id) ? id.slice(0, 200) : null,
        outboundMessageOnly: false,
      })
    }
    if (matches(direct, directKeys, raw)) {
      return accepted({ by: `signature in ${directHeader}`, hookdeckId: null, outboundMessageOnly: false })
    }
    if (
      hookdeck.length === 0 &&
      direct.length === 0 &&
      isSet(pathToken) &&
      sameSecret(request.query.get('token') ?? '', pathToken)
    ) {
      return accepted({ by: 'token in the address, and organisation', hookdeckId: null, outboundMessageOnly: true })
    }
    return refused(401, 'bad-signature', explain({ hookdeck, direct, hookdeckKeys, directKeys, directHeader, request }))
  }
}

/**
 * The second half for Outbound Messages, once they are parsed: the organisation has to be the configured one, and the token in the
 * address opens the door to nothing else. Null when all is well.
 */
export function checkOrganization(source: SalesforceSource, verdict: Verdict, body: ParsedBody): Reason | null {
  const expected = source.settings.organizationId
  if (body.format !== 'outbound-message') {
    return verdict.outboundMessageOnly
      ? refusal('The token in the address is for Outbound Messages alone; everything else has to be signed.')
      : null
  }
  if (expected === undefined || expected === '') {
    return verdict.outboundMessageOnly
      ? refusal(
          'An Outbound Message carries no signature, so the organisation it must come from has to be set at the source first.',
        )
      : null
  }
  if (body.organizationId === toLongId(expected)) return null
  return refusal(
    `The Outbound Message comes from organisation ${body.organizationId ?? '(none)'}, and only ${expected} may send.`,
  )
}

function refusal(sentence: string): Reason {
  return { status: 401, code: 'bad-signature', sentence }
}

function matches(signatures: readonly string[], keys: readonly KeyObject[], raw: Buffer): boolean {
  if (signatures.length === 0) return false
  for (const key of keys) {
    const expected = sign(key, raw)
    if (signatures.some((given) => sameSignature(given, expected))) return true
  }
  return false
}

interface Findings {
  readonly hookdeck: readonly string[]
  readonly direct: readonly string[]
  readonly hookdeckKeys: readonly KeyObject[]
  readonly directKeys: readonly KeyObject[]
  readonly directHeader: string
  readonly request: Unverified
}

function explain({ hookdeck, direct, hookdeckKeys, directKeys, directHeader, request }: Findings): string {
  if (hookdeck.length > 0 && hookdeckKeys.length === 0) {
    return 'Hookdeck signed the request, but no Hookdeck signing secret is set at this source.'
  }
  if (hookdeck.length > 0) {
    return "Hookdeck's signature does not fit: compare the signing secret at this source with the one in Hookdeck's project settings."
  }
  if (direct.length > 0 && directKeys.length === 0) {
    return `The request is signed in ${directHeader}, but no HMAC secret is set at this source.`
  }
  if (direct.length > 0) {
    return `The signature in ${directHeader} does not fit: compare the HMAC secret at this source with the one Salesforce signs with.`
  }
  if (request.query.has('token')) return 'The token in the address is not the one set at this source.'
  return `The request is not signed: neither x-hookdeck-signature nor ${directHeader} is there.`
}

function readHeader(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '#main/base/clock.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import type { WebAnswer, WebRequest } from '#main/sandbox/web/web-server.ts'

/** What the token endpoint has to know. */
export interface SignInFacts extends Pick<SandboxAddresses, 'salesforce'> {
  /** The user that client credentials run as. */
  readonly userId: string
  /** Base address of this system, for `instance_url`. */
  readonly url: () => string
  readonly clock: Clock
}

/** The refresh token that the simulated org knows. */
export const knownRefreshToken = '5Aep861sandbox'

const tokenKey = 'patchbay sandbox session'

/** Session tokens say themselves that they are good, so that they outlive a restart like Salesforce's own. */
function sessionToken(facts: SignInFacts): string {
  const proof = createHmac('sha256', tokenKey).update(facts.userId).digest('base64url')
  return `${facts.salesforce.organizationId.slice(0, 15)}!${proof}`
}

/** Whether the request carries a session of this org. */
export function isSignedIn(facts: SignInFacts, request: WebRequest): boolean {
  const given = /^(?:Bearer|OAuth) (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (given === undefined) return false
  const good = Buffer.from(sessionToken(facts))
  const bytes = Buffer.from(given)
  return bytes.length === good.length && timingSafeEqual(bytes, good)
}

function refused(error: string, description: string): WebAnswer {
  return { status: 400, body: { error, error_description: description } }
}

/** Answers `POST /services/oauth2/token`: client credentials, JWT bearer (any RS256 signature) and refresh token. */
export function answerToken(facts: SignInFacts, request: WebRequest): WebAnswer {
  const form = new URLSearchParams(request.text)
  const [basicId, basicSecret] = basicCredentials(request.headers.authorization)
  const clientId = form.get('client_id') ?? basicId
  const clientSecret = form.get('client_secret') ?? basicSecret
  switch (form.get('grant_type')) {
    case 'client_credentials':
      if (clientId !== facts.salesforce.clientId) return refused('invalid_client_id', 'client identifier invalid')
      if (clientSecret !== facts.salesforce.clientSecret) return refused('invalid_client', 'invalid client credentials')
      return granted(facts)
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer': {
      const problem = assertionProblem(facts, form.get('assertion') ?? '')
      return problem === null ? granted(facts) : refused('invalid_grant', problem)
    }
    case 'refresh_token':
      if (clientId !== facts.salesforce.clientId) return refused('invalid_client_id', 'client identifier invalid')
      if (form.get('refresh_token') !== knownRefreshToken)
        return refused('invalid_grant', 'expired access/refresh token')
      return granted(facts)
    default:
      return refused('unsupported_grant_type', 'grant type not supported')
  }
}

function basicCredentials(header: string | undefined): readonly [string | null, string | null] {
  const encoded = /^Basic (\S+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return [null, null]
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)]
}

function granted(facts: SignInFacts): WebAnswer {
  const url = facts.url()
  return {
    status: 200,
    body: {
      access_token: sessionToken(facts),
      signature: createHmac('sha256', tokenKey).update(url).digest('base64'),
      scope: 'api refresh_token',
      instance_url: url,
      id: `${url}/id/${facts.salesforce.organizationId}/${facts.userId}`,
      token_type: 'Bearer',
      issued_at: String(facts.clock.now()),
    },
  }
}

/** What Salesforce objects to in a JWT assertion; null when it is fine. The signature itself is not checked here. */
function assertionProblem(facts: SignInFacts, assertion: string): string | null {
  const [header, claims, signature] = assertion.split('.').map(decodePart)
  if (header?.['alg'] !== 'RS256' || claims === undefined || claims === null) return 'invalid assertion'
  if (signature === undefined || assertion.endsWith('.')) return 'invalid assertion'
  if (claims['iss'] !== facts.salesforce.clientId) return 'client identifier invalid'
  if (claims['sub'] !== facts.salesforce.username) return "user hasn't approved this consumer"
  if (typeof claims['aud'] !== 'string') return 'audience is invalid'
  const expiresAt = Number(claims['exp']) * 1000
  return expiresAt > facts.clock.now() && expiresAt < facts.clock.now() + 10 * 60_000 ? null : 'assertion is expired'
}

function decodePart(part: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
  } catch {
    return null
  }
}

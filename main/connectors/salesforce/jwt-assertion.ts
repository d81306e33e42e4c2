import { createPrivateKey, createSign } from 'node:crypto'

/** What an assertion says about who signs in where. */
export interface AssertionClaims {
  /** Consumer key of the connected app. */
  readonly clientId: string
  readonly username: string
  /** The login address; Salesforce accepts the My Domain address here. */
  readonly audience: string
  /** ms since 1970. */
  readonly now: number
}

/** How long an assertion is good for; Salesforce refuses more than a few minutes. */
const lifetimeSeconds = 180

/** A signed assertion for the JWT bearer grant (RFC 7523), RS256. Throws when `privateKey` is not a readable PEM key. */
export function createAssertion(claims: AssertionClaims, privateKey: string): string {
  const head = encode({ alg: 'RS256', typ: 'JWT' })
  const body = encode({
    iss: claims.clientId,
    sub: claims.username,
    aud: claims.audience,
    exp: Math.floor(claims.now / 1_000) + lifetimeSeconds,
  })
  const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(createPrivateKey(privateKey), 'base64url')
  return `${head}.${body}.${signature}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

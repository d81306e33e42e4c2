import { findKeyUrl } from '#main/inbound/parse/callback.ts'
import { decodeText, parseJson } from '#main/inbound/parse/json-text.ts'
import { accepted, refused } from '#main/inbound/parse/reason.ts'
import type { Checked } from '#main/inbound/parse/reason.ts'
import type { Failure, Result } from '#shared/domain/failure.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { SourceOf } from '#shared/domain/source.ts'
import { callbackHmacKey, sameSignature, sign } from './signature.ts'
import type { Unverified, Verdict, Verifier } from './verdict.ts'

/**
 * Fetches the key that a connection's callbacks are signed with: the bytes of `signing_key` as the server gives it.
 *
 * `keyUrl` comes out of an unverified body: whoever implements this holds it to the connection's own address (a `permanent` failure
 * otherwise), follows no redirect, and keeps the answer. `fresh` asks for a new copy, which a flood of bad signatures does as well:
 * there has to be a limit on how often one is fetched.
 */
export type SigningKeySource = (
  connectionId: ConnectionId,
  keyUrl: string,
  options: { readonly fresh: boolean },
) => Promise<Result<Buffer>>

/** Base64 of 32 bytes. */
const signatureLength = 44

const good: Checked<Verdict> = accepted({
  by: 'ConnectWise callback key',
  hookdeckId: null,
  outboundMessageOnly: false,
})

/** Verifies ConnectWise callbacks. A signature that doesn't fit gets a second chance with a fresh key, as keys are renewed. */
export function connectwiseVerifier(source: SourceOf<'connectwise-callback'>, signingKey: SigningKeySource): Verifier {
  const connectionId = source.settings.connectionId
  return async (request) => {
    const signature = request.headers['x-content-signature']
    if (typeof signature !== 'string') {
      return refused(401, 'bad-signature', 'The callback is not signed: the header x-content-signature is missing.')
    }
    if (signature.length !== signatureLength) {
      return refused(401, 'bad-signature', 'The header x-content-signature does not hold a signature.')
    }
    const keyUrl = await readKeyUrl(request)
    if (!keyUrl.ok) return keyUrl
    const kept = await signingKey(connectionId, keyUrl.value, { fresh: false })
    if (!kept.ok) return unavailable(kept.failure)
    if (fits(signature, kept.value, request.raw)) return good
    const fresh = await signingKey(connectionId, keyUrl.value, { fresh: true })
    if (!fresh.ok) return unavailable(fresh.failure)
    if (fits(signature, fresh.value, request.raw)) return good
    return refused(
      401,
      'bad-signature',
      'The signature of the callback does not fit its content: it was changed on the way, or it does not come from ConnectWise.',
    )
  }
}

async function readKeyUrl(request: Unverified): Promise<Checked<string>> {
  const bytes = await request.unpacked()
  if (!bytes.ok) return bytes
  const text = decodeText(bytes.value)
  if (!text.ok) return text
  const body = parseJson(text.value)
  if (!body.ok) return body
  const keyUrl = findKeyUrl(body.value)
  return keyUrl === null
    ? refused(401, 'bad-signature', 'The callback does not say where its signing key is (Metadata.key_url).')
    : accepted(keyUrl)
}

/** A key that can't be had right now is ours to wait for; an address that isn't the server's never gets better. */
function unavailable(failure: Failure): Checked<Verdict> {
  const sentence = `The key to check the callback with could not be had: ${failure.sentence}`
  return failure.class === 'permanent'
    ? refused(401, 'bad-signature', sentence)
    : refused(503, 'key-unavailable', sentence)
}

function fits(signature: string, signingKey: Buffer, raw: Buffer): boolean {
  return sameSignature(signature, sign(callbackHmacKey(signingKey), raw))
}

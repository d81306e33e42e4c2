import { describe, expect, test } from 'vitest'
import { accepted } from '#main/inbound/parse/reason.ts'
import { connectwiseVerifier } from '#main/inbound/verify/connectwise.ts'
import type { SigningKeySource } from '#main/inbound/verify/connectwise.ts'
import { callbackHmacKey, sign } from '#main/inbound/verify/signature.ts'
import type { Failure } from '#shared/domain/failure.ts'
import { failed, ok } from '#shared/domain/failure.ts'
import { source as sourceSchema } from '#shared/domain/source.ts'

const keyUrl = 'https://cw.example.com/v4_6_release//system/callbackkey/index.rails?companyName=x&id=1'
const body = JSON.stringify({ ID: 42, Type: 'company', Metadata: { key_url: keyUrl } })

function createVerifier(signingKey: SigningKeySource) {
  const source = sourceSchema.parse({
    id: 'connectwise',
    name: 'ConnectWise',
    kind: 'connectwise-callback',
    settings: { connectionId: 'connectwise' },
  })
  if (source.kind !== 'connectwise-callback') throw new Error('wrong kind')
  const verifier = connectwiseVerifier(source, signingKey)
  return {
    verify: (signature: string | undefined, text = body) =>
      verifier({
        headers: signature === undefined ? {} : { 'x-content-signature': signature },
        raw: Buffer.from(text),
        query: new URLSearchParams(),
        unpacked: () => accepted(Buffer.from(text)),
      }),
  }
}

/** A server whose signing key can be renewed, behind a cache; counts what is fetched anew. */
function keyServer(first: string) {
  let current = first
  let kept = first
  const server = {
    fetches: 0,
    renew: (key: string) => {
      current = key
    },
    signingKey: ((_connection, _url, { fresh }) => {
      if (fresh) {
        kept = current
        server.fetches += 1
      }
      return Promise.resolve(ok(Buffer.from(kept)))
    }) satisfies SigningKeySource,
  }
  return server
}

const signature = (key: string, text = body): string => sign(callbackHmacKey(Buffer.from(key)), Buffer.from(text))

describe('connectwiseVerifier', () => {
  test('takes what the key signed', async () => {
    const server = keyServer('k1')
    expect(await createVerifier(server.signingKey).verify(signature('k1'))).toMatchObject({
      ok: true,
      value: { by: 'ConnectWise callback key' },
    })
    expect(server.fetches).toBe(0)
  })

  test('fetches a renewed key once', async () => {
    const server = keyServer('k1')
    const { verify } = createVerifier(server.signingKey)
    server.renew('k2')
    expect(await verify(signature('k2'))).toMatchObject({ ok: true })
    expect(await verify(signature('k2'))).toMatchObject({ ok: true })
    expect(server.fetches).toBe(1)
  })

  test('refuses what neither the kept nor the fresh key signed', async () => {
    const server = keyServer('k1')
    expect(await createVerifier(server.signingKey).verify(signature('wrong'))).toMatchObject({
      ok: false,
      reason: { status: 401 },
    })
    expect(server.fetches).toBe(1)
  })

  test('asks for no key before it has to', async () => {
    const { verify } = createVerifier(() => Promise.reject(new Error('asked for a key')))
    expect(await verify(undefined)).toMatchObject({ ok: false, reason: { status: 401, code: 'bad-signature' } })
    expect(await verify('short')).toMatchObject({ ok: false, reason: { status: 401 } })
    expect(await verify(signature('k1', 'not json'), 'not json')).toMatchObject({
      ok: false,
      reason: { status: 400, code: 'not-json' },
    })
    expect(await verify(signature('k1', '{}'), '{}')).toMatchObject({ ok: false, reason: { status: 401 } })
  })

  test('a key that is out of reach is not the fault of the sender; an address of somebody else is', async () => {
    const failure =
      (kind: Failure['class']): SigningKeySource =>
      () =>
        Promise.resolve(failed({ class: kind, stage: 'verify', code: 'X', sentence: 'No answer.' }))
    expect(await createVerifier(failure('transient')).verify(signature('k1'))).toMatchObject({
      ok: false,
      reason: { code: 'key-unavailable' },
    })
    expect(await createVerifier(failure('permanent')).verify(signature('k1'))).toMatchObject({
      ok: false,
      reason: { status: 401, code: 'bad-signature' },
    })
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { createSigningKeys } from '#main/connectors/connectwise/signing-key.ts'
import { answerJson, createStillClock, startLoopback, type Loopback } from '../loopback.ts'

const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function start(handle: Parameters<typeof startLoopback>[0]) {
  const server: Loopback = await startLoopback(handle)
  const clock = createStillClock()
  const keys = createSigningKeys({ baseUrl: `${server.url}/v4_6_release`, clock })
  open.push(server, keys)
  return {
    server,
    clock,
    keys,
    keyUrl: `${server.url}/v4_6_release//system/callbackkey/index.rails?companyName=acme&id=1`,
  }
}

describe('signing keys', () => {
  it('are fetched once for all who ask, and again after an hour', async () => {
    const { server, clock, keys, keyUrl } = await start((_, response) =>
      answerJson(response, 200, { signing_key: 'kéy' }),
    )
    const results = await Promise.all([keys.keyFor(keyUrl), keys.keyFor(keyUrl), keys.keyFor(keyUrl)])
    for (const result of results) expect(result.ok && result.value.equals(Buffer.from('kéy', 'utf8'))).toBe(true)
    expect(server.received).toHaveLength(1)
    clock.advance(3_599_000)
    await keys.keyFor(keyUrl)
    expect(server.received).toHaveLength(1)
    clock.advance(1_000)
    await keys.keyFor(keyUrl)
    expect(server.received).toHaveLength(2)
  })

  it('are asked for anew at most once a minute', async () => {
    const { server, clock, keys, keyUrl } = await start((_, response) =>
      answerJson(response, 200, { signing_key: 'key' }),
    )
    await keys.keyFor(keyUrl)
    await keys.keyFor(keyUrl, { fresh: true })
    expect(server.received).toHaveLength(1)
    clock.advance(60_000)
    await keys.keyFor(keyUrl, { fresh: true })
    expect(server.received).toHaveLength(2)
  })

  it('are never asked for elsewhere', async () => {
    const { server, keys } = await start((_, response) => answerJson(response, 200, { signing_key: 'key' }))
    const { port } = new URL(server.url)
    const elsewhere = [
      `http://localhost:${port}/key`,
      `https://127.0.0.1:${port}/key`,
      `http://127.0.0.1:${Number(port) === 1 ? 2 : 1}/key`,
      `http://user@127.0.0.1:${port}/key`,
      `http://127.0.0.1:${port}@evil.example/key`,
      'file:///etc/passwd',
      'nonsense',
    ]
    for (const url of elsewhere)
      expect(await keys.keyFor(url)).toMatchObject({
        ok: false,
        failure: { class: 'permanent', code: 'KEY_URL_NOT_PINNED', stage: 'verify' },
      })
    expect(server.received).toHaveLength(0)
  })

  it('are not fetched over plain HTTP from another machine', async () => {
    const keys = createSigningKeys({ baseUrl: 'http://cw.example.com/v4_6_release', clock: createStillClock() })
    open.push(keys)
    expect(await keys.keyFor('http://cw.example.com/key')).toMatchObject({
      ok: false,
      failure: { code: 'KEY_URL_NOT_PINNED' },
    })
  })

  it.each([
    ['a redirect', 302, {}, { location: '/elsewhere' }],
    ['an answer without a key', 200, { key: 'x' }, {}],
    ['an answer that is too large', 200, { signing_key: 'x'.repeat(20_000) }, {}],
  ])('do not come from %s', async (_, status, body, headers: Record<string, string>) => {
    const { server, keys, keyUrl } = await start((__, response) => answerJson(response, status, body, headers))
    expect(await keys.keyFor(keyUrl)).toMatchObject({
      ok: false,
      failure: { class: 'transient', code: 'KEY_UNAVAILABLE' },
    })
    await keys.keyFor(keyUrl)
    expect(server.received).toHaveLength(1)
  })

  it('outlive a moment in which ConnectWise does not answer', async () => {
    let isBroken = false
    const { clock, keys, keyUrl } = await start((_, response) =>
      answerJson(response, isBroken ? 500 : 200, { signing_key: 'key' }),
    )
    await keys.keyFor(keyUrl)
    isBroken = true
    clock.advance(3_600_000)
    expect((await keys.keyFor(keyUrl)).ok).toBe(true)
  })
})

import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createRedactor } from '#main/base/redactor.ts'
import { createHttpClient, type HttpClient } from '#main/connectors/http/http-client.ts'
import { answerJson, createContext, startLoopback, type Loopback } from '../loopback.ts'

const open: { close(): Promise<void> }[] = []

function track<T extends HttpClient | Loopback>(one: T): T {
  open.push(one)
  return one
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

function createClient(timeoutMs = 2_000, maxBodyBytes = 1_000_000) {
  return track(createHttpClient({ clock: systemClock, redactor: createRedactor([]), timeoutMs, maxBodyBytes }))
}

const get = (url: string) => ({ method: 'GET', url, headers: {}, body: null }) as const

describe('HTTP client', () => {
  it('gives the answer and writes the exchange down', async () => {
    const server = track(await startLoopback((_, response) => answerJson(response, 418, { a: 1 }, { 'x-one': 'two' })))
    const context = createContext({ purpose: 'refetch' })
    const request = {
      method: 'POST',
      url: `${server.url}/x`,
      headers: { authorization: 'Basic c2VjcmV0', 'x-mine': 'yes' },
      body: '{}',
    } as const
    const outcome = await createClient().send(request, context)
    expect(outcome).toMatchObject({ answered: true, status: 418, body: '{"a":1}', headers: { 'x-one': 'two' } })
    expect(context.exchanges).toHaveLength(1)
    expect(context.exchanges[0]).toMatchObject({
      purpose: 'refetch',
      method: 'POST',
      requestHeaders: { 'x-mine': 'yes' },
      requestBody: '{}',
      status: 418,
      responseBody: '{"a":1}',
      error: null,
    })
    expect(server.received[0]?.headers.authorization).toBe('Basic c2VjcmV0')
  })

  it('knows that a refused connection carried nothing', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const context = createContext()
    const outcome = await createClient().send(get(`http://127.0.0.1:${port}/`), context)
    expect(outcome).toMatchObject({ answered: false, reason: 'unreachable', sent: false })
    expect(context.exchanges[0]).toMatchObject({ status: null })
    expect(context.exchanges[0]?.error).toContain('ECONNREFUSED')
  })

  it('treats a connection cut in the middle of the answer as sent', async () => {
    const server = track(
      await startLoopback((_, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('half')
        setImmediate(() => response.socket?.destroy())
      }),
    )
    expect(await createClient().send(get(server.url), createContext())).toMatchObject({
      answered: false,
      reason: 'cut',
      sent: true,
    })
  })

  it('ends after the time that was set', async () => {
    const server = track(await startLoopback(() => undefined))
    expect(await createClient(150).send(get(server.url), createContext())).toMatchObject({
      answered: false,
      reason: 'timeout',
      sent: true,
    })
  })

  it('ends when the caller says so, and sends nothing when that was before', async () => {
    const stop = new AbortController()
    const server = track(await startLoopback(() => stop.abort()))
    const client = createClient(20_000)
    expect(await client.send(get(server.url), createContext({ signal: stop.signal }))).toMatchObject({
      reason: 'aborted',
      sent: true,
    })
    expect(await client.send(get(server.url), createContext({ signal: stop.signal }))).toMatchObject({
      reason: 'aborted',
      sent: false,
    })
    expect(server.received).toHaveLength(1)
  })

  it('follows no redirect', async () => {
    const server = track(
      await startLoopback((_, response) => answerJson(response, 302, {}, { location: '/elsewhere' })),
    )
    expect(await createClient().send(get(server.url), createContext())).toMatchObject({ answered: true, status: 302 })
    expect(server.received).toHaveLength(1)
  })

  it('gives up answers that are too large', async () => {
    const server = track(await startLoopback((_, response) => response.end('x'.repeat(5_000))))
    expect(await createClient(2_000, 1_000).send(get(server.url), createContext())).toMatchObject({
      answered: false,
      reason: 'too-large',
    })
  })
})

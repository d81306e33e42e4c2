import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PlainError } from '#main/base/errors.ts'
import { startHost, type RunningHost } from '#main/host/loopback.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost, token } from './transports.ts'

const bearer = `Bearer ${token}`

let workspaces: TestWorkspaces
let host: RunningHost
let lines: string[]
const folder = temporaryFolder()

beforeAll(async () => {
  workspaces = new TestWorkspaces()
  lines = []
  const write = (fields: object, sentence: string) => void lines.push(JSON.stringify([fields, sentence]))
  const rendererDir = join(folder.path, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Patchbay</title>')
  writeFileSync(join(rendererDir, 'assets', 'app-1.js'), 'export {}')
  writeFileSync(join(folder.path, 'outside.txt'), 'kept outside')
  host = await startHost({
    port: 0,
    token,
    workspaces,
    rendererDir,
    logger: { warn: write, error: write },
  })
})

afterAll(async () => {
  await host.close()
  await workspaces.close()
  folder.remove()
})

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** A request as a program could make it, with any headers. */
async function send(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }).end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }
}

/** Status with which a WebSocket was refused; 101 when it opened. */
function knock(path: string, protocols: string[], headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, protocols, { headers })
  return new Promise((resolve, reject) => {
    socket.on('open', () => (socket.terminate(), resolve(101)))
    socket.on('unexpected-response', (sent, response) => (sent.destroy(), resolve(response.statusCode ?? 0)))
    socket.on('error', reject)
  })
}

describe('calls', () => {
  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: `Bearer ${token.slice(0, -1)}x` }],
    ['a longer token', { authorization: `${bearer}x` }],
    ['another scheme', { authorization: `Basic ${token}` }],
    ['the token as a cookie', { cookie: `token=${token}` }],
  ])('with %s are refused', async (_what, headers) => {
    for (const path of ['/api/v1/health', '/api/v1/openapi.json', '/api/v1/none', '/api']) {
      const answer = await send(path, headers)
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'UNAUTHORIZED', status: 401 })
    }
  })

  it('with the token in the address are refused', async () => {
    expect((await send(`/api/v1/health?token=${token}`)).status).toBe(401)
  })

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '[::1]'])(
    'under the name %s are refused',
    async (name) => {
      const answer = await send('/api/v1/health', { host: name, authorization: bearer })
      expect(answer.status).toBe(403)
      expect((await send('/', { host: name })).status).toBe(403)
    },
  )

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'from the origin %s are refused',
    async (origin) => {
      const answer = await send('/api/v1/health', { origin, authorization: bearer })
      expect(answer.status).toBe(403)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it('of our own page and of scripts are answered', async () => {
    for (const headers of [
      {},
      { origin: host.url },
      { origin: `http://localhost:${host.port}` },
      { host: `localhost:${host.port}` },
    ]) {
      expect((await send('/api/v1/health', { authorization: bearer, ...headers })).status).toBe(200)
    }
  })

  it('to a route that is not there get a readable 404', async () => {
    const answer = await send('/api/v1/none?x=1', { authorization: bearer })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is nothing at GET /api/v1/none.',
    })
  })

  it('to streams get a 404, as these need a wire that stays open', async () => {
    const headers = { authorization: bearer, 'content-type': 'application/json' }
    expect((await send('/api/v1/live/watch', headers, 'POST', '{}')).status).toBe(404)
  })

  it('with a body that is too large or no JSON are refused', async () => {
    const headers = { authorization: bearer, 'content-type': 'application/json' }
    expect((await send('/api/v1/replays', headers, 'POST', '{"deliv')).status).toBe(400)
    expect(
      (await send('/api/v1/replays', headers, 'POST', JSON.stringify({ note: 'x'.repeat(3_000_000) }))).status,
    ).toBe(413)
    expect((await send('/api/v1/health', { authorization: bearer })).status).toBe(200)
  })
})

describe('WebSockets', () => {
  it('open for our page with the token alone', async () => {
    expect(await knock('/rpc', ['patchbay', `token.${token}`], { origin: host.url })).toBe(101)
    expect(await knock('/rpc', ['patchbay', `token.${token}`])).toBe(101)
  })

  it('are refused otherwise', async () => {
    const good = ['patchbay', `token.${token}`]
    expect(await knock('/rpc', [])).toBe(401)
    expect(await knock('/rpc', ['patchbay'])).toBe(401)
    expect(await knock('/rpc', ['patchbay', 'token.wrong'])).toBe(401)
    expect(await knock(`/rpc?token=${token}`, ['patchbay'])).toBe(404)
    expect(await knock('/other', good)).toBe(404)
    expect(await knock('/rpc', good, { origin: 'https://evil.example' })).toBe(403)
    expect(await knock('/rpc', good, { host: 'evil.example' })).toBe(403)
  })

  it('that send rubbish harm nobody', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, ['patchbay', `token.${token}`])
    await once(socket, 'open')
    for (const rubbish of ['x', '{}', '[]', 'null', Buffer.from([0xff, 0, 1])]) socket.send(rubbish)
    socket.close()
    await once(socket, 'close')
    expect((await send('/api/v1/health', { authorization: bearer })).status).toBe(200)
  })
})

describe('the console’s files', () => {
  it('come with headers that keep them to themselves', async () => {
    const answer = await send('/')
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-cache' } })
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${host.port} `)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(answer.headers['x-powered-by']).toBeUndefined()
  })

  it('are kept by the browser only where their name changes with them', async () => {
    expect((await send('/assets/app-1.js')).headers['cache-control']).toContain('immutable')
    expect((await send('/assets/none.js')).status).toBe(404)
  })

  it('are the only files to be had', async () => {
    for (const path of ['/../outside.txt', '/%2e%2e/outside.txt', '/assets/..%2f..%2foutside.txt', '/.env']) {
      const answer = await send(path)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.body).not.toContain('kept outside')
    }
  })
})

describe('the OpenAPI document', () => {
  it('describes every route and the token', async () => {
    const document = JSON.parse((await send('/api/v1/openapi.json', { authorization: bearer })).body) as {
      openapi: string
      paths: Record<string, object>
      security: unknown
      servers: { url: string }[]
    }
    expect(document.openapi).toMatch(/^3\.1/)
    expect(document.servers).toEqual([{ url: `${host.url}/api/v1` }])
    expect(document.security).toEqual([{ token: [] }])
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/events', '/events/{id}', '/deliveries', '/replays', '/health']),
    )
    expect(Object.keys(document.paths).some((path) => path.startsWith('/live'))).toBe(false)
  })

  it('asks of an alert rule no more than what it needs, and answers with its id', async () => {
    const document = JSON.parse((await send('/api/v1/openapi.json', { authorization: bearer })).body) as unknown
    const json = ['content', 'application/json', 'schema', 'required']
    expect(document).toHaveProperty(
      ['paths', '/alert-rules', 'post', 'requestBody', ...json],
      ['name', 'scope', 'metric', 'threshold', 'windowMinutes', 'severity'],
    )
    expect(document).toHaveProperty(
      ['paths', '/alert-rules', 'post', 'responses', '200', ...json],
      expect.arrayContaining(['id', 'channels']),
    )
  })
})

describe('the door', () => {
  it('can’t be opened twice on one port', async () => {
    await expect(openHost(workspaces, [], host.port)).rejects.toThrow(PlainError)
  })

  it('never writes the token into the log', () => {
    expect(lines.join()).not.toContain(token)
  })
})

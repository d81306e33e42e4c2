import { once } from 'node:events'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { flowEvent, hookdeckSignature, openRaw, salesforce, startAtWork } from './receiver-at-work.ts'
import type { ReceiverAtWork } from './receiver-at-work.ts'

let atWork: ReceiverAtWork

beforeEach(async () => {
  atWork = await startAtWork({ readTimeoutMs: 300 })
})
afterEach(() => atWork.close())

const head = (length: number | string, more = ''): string =>
  `POST /hooks/salesforce HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n${more}\r\n`

describe('large bodies', () => {
  const large = Buffer.alloc(30 * 1024 * 1024, 0x20)

  test('are refused by their announced length, and the sender gets to read it', async () => {
    expect((await atWork.send(large, { 'x-hookdeck-signature': 'x' })).status).toBe(413)
    expect(atWork.refusals).toMatchObject([{ code: 'too-large', status: 413, size: large.length, excerpt: '' }])
    expect((await atWork.send(flowEvent(1))).status).toBe(200)
  })

  test('a sender that goes on sending after the refusal is heard out, so that it gets to read it', async () => {
    const { socket, answer } = openRaw(atWork.receiver.port)
    socket.write(head(large.length))
    await once(socket, 'data')
    const sent = new Promise((resolve) => socket.write(large, (error) => resolve(error ?? 'sent')))
    expect(await sent).toBe('sent')
    expect(await answer).toMatch(/^HTTP\/1.1 413 /)
  })

  test('are refused when they turn out too large, and the connection ends', async () => {
    atWork.set(salesforce({ maxBytes: 2_048 }))
    const { socket, answer } = openRaw(atWork.receiver.port)
    socket.write('POST /hooks/salesforce HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n')
    const piece = `400\r\n${'x'.repeat(1_024)}\r\n`
    for (let index = 0; index < 64; index += 1) socket.write(piece)
    socket.write('0\r\n\r\n')
    expect(await answer).toMatch(/^HTTP\/1.1 413 [^]*connection: close/i)
    expect(atWork.refusals).toMatchObject([{ code: 'too-large' }])
  })

  test('a sender that asks first never has to send it', async () => {
    const { socket, answer } = openRaw(atWork.receiver.port)
    socket.write(head(30_000_000, 'expect: 100-continue\r\n'))
    const text = await answer
    expect(text).toMatch(/^HTTP\/1.1 413 /)
    expect(text).not.toContain('100 Continue')
  })

  test('a sender that asks first and may come in is told so', async () => {
    const body = flowEvent(1)
    const { socket, answer } = openRaw(atWork.receiver.port)
    socket.write(
      head(
        body.length,
        `expect: 100-continue\r\nconnection: close\r\nx-hookdeck-signature: ${hookdeckSignature(body)}\r\n`,
      ),
    )
    await once(socket, 'data')
    socket.write(body)
    expect(await answer).toMatch(/^HTTP\/1.1 100 Continue[^]*HTTP\/1.1 200 /)
  })
})

test('a sender that trickles is cut off', async () => {
  const { socket, answer } = openRaw(atWork.receiver.port)
  socket.write(`${head(1_000)}{`)
  expect(await answer).toMatch(/^HTTP\/1.1 408 /)
  expect(atWork.refusals).toMatchObject([{ code: 'too-slow', status: 408, excerpt: '{' }])
})

test('an upload that breaks off leaves nothing behind', async () => {
  const { socket, answer } = openRaw(atWork.receiver.port)
  socket.write(`${head(1_000)}{"a":`, () => socket.destroy())
  await answer
  expect((await atWork.send(flowEvent(1))).status).toBe(200)
  await atWork.receiver.close()
  expect(atWork.arrivals).toHaveLength(1)
  expect(atWork.refusals).toEqual([])
})

test('a sender that leaves before the answer does not hurt: its event is stored', async () => {
  let arrived = (): void => undefined
  const atJournal = new Promise<void>((resolve) => (arrived = resolve))
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  atWork.beforeAppend = () => {
    arrived()
    return held
  }
  const body = flowEvent(1)
  const { socket, answer } = openRaw(atWork.receiver.port)
  socket.write(head(body.length, `x-hookdeck-signature: ${hookdeckSignature(body)}\r\n`) + body)
  await atJournal
  socket.destroy()
  await answer
  release()
  atWork.beforeAppend = () => Promise.resolve()
  expect((await atWork.send(flowEvent(2))).status).toBe(200)
  expect(atWork.arrivals).toHaveLength(2)
})

describe('close', () => {
  function holdJournal() {
    let release = (): void => undefined
    let arrived = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const atJournal = new Promise<void>((resolve) => (arrived = resolve))
    atWork.beforeAppend = () => {
      arrived()
      return held
    }
    return { atJournal, release }
  }

  test('lets requests under way finish and takes no more', async () => {
    const { atJournal, release } = holdJournal()
    const reply = atWork.send(flowEvent(1))
    await atJournal
    const closed = atWork.receiver.close()
    const late = openRaw(atWork.receiver.port)
    expect(await late.answer).toBe('')
    release()
    expect((await reply).status).toBe(200)
    expect((await reply).headers['connection']).toBe('close')
    await closed
    expect(atWork.arrivals).toHaveLength(1)
  })

  test('does not wait for ever', async () => {
    await atWork.close()
    atWork = await startAtWork({ closeTimeoutMs: 50 })
    const { atJournal } = holdJournal()
    const reply = atWork.send(flowEvent(1)).catch(() => 'cut')
    await atJournal
    await atWork.receiver.close()
    expect(await reply).toBe('cut')
  })
})

test('a body or signature with any byte changed is refused', async () => {
  const body = Buffer.from(flowEvent(1))
  const signature = Buffer.from(hookdeckSignature(body))
  const flip = (bytes: Buffer, at: number, bit: number): Buffer => {
    const changed = Buffer.from(bytes)
    changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ (1 << bit)
    return changed
  }
  const place = fc.record({ at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }), inSignature: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(place, async ({ at, bit, inSignature }) => {
      const sentBody = inSignature ? body : flip(body, at, bit)
      const sentSignature = (inSignature ? flip(signature, at, bit) : signature).toString('latin1')
      // A header can't carry a control character, nor keep a space at its end: such a signature never gets as far as the door.
      fc.pre(/^[\x21-\x7e\x80-\xff]+$/.test(sentSignature))
      const reply = await atWork.send(sentBody, { 'x-hookdeck-signature': sentSignature })
      expect(reply.status).toBe(401)
    }),
    { numRuns: 200 },
  )
  expect(atWork.arrivals).toEqual([])
  expect((await atWork.send(body, { 'x-hookdeck-signature': signature.toString() })).status).toBe(200)
})

test('never breaks, whatever a signed body holds', async () => {
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string().map((text) => `<${text}>`),
  )
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      expect([400, 200]).toContain((await atWork.send(bytes)).status)
    }),
    { numRuns: 300 },
  )
  expect((await atWork.send(flowEvent(1))).status).toBe(200)
})

test('says in plain words that its port is taken', async () => {
  await expect(startAtWork({ port: atWork.receiver.port })).rejects.toThrow(
    /can't listen on 127.0.0.1:\d+: another program listens there/,
  )
})

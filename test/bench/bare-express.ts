import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'

/** What intake is compared with: Express that verifies, parses and stores nothing. Prints its port as JSON. */
const secret = process.argv[2] ?? ''
const app = express()
app.post('/hooks/salesforce', express.raw({ type: '*/*', limit: '25mb' }), (request, response) => {
  const body = request.body as Buffer
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(request.get('x-hookdeck-signature') ?? '', 'base64')
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) {
    response.status(401).json({ error: 'bad signature' })
    return
  }
  const event = JSON.parse(body.toString('utf8')) as { eventId: string }
  response.json({ receipt: [{ eventId: event.eventId, duplicate: false }] })
})
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }))
})

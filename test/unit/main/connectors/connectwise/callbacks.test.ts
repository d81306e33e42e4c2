import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { ensureCallbacks } from '#main/connectors/connectwise/callbacks.ts'
import { createConnectwiseClient } from '#main/connectors/connectwise/client.ts'
import { connectwiseSettings } from '#shared/domain/connection.ts'
import { answerJson, createContext, startLoopback } from '../loopback.ts'

interface Row {
  id: number
  url: string
  type: string
  level: string
  objectId: number
  inactiveFlag: boolean
}

const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** A list of callbacks behind the three calls that change it. */
async function start(rows: Row[]) {
  const table = new Map(rows.map((row) => [row.id, row]))
  const server = await startLoopback(({ method, url, body }, response) => {
    const id = Number(/callbacks\/(\d+)/.exec(url)?.[1])
    const row = table.get(id)
    if (method === 'GET') return answerJson(response, 200, [...table.values()])
    if (method === 'POST') {
      const added = { ...(JSON.parse(body) as Row), id: 100 + table.size }
      table.set(added.id, added)
      return answerJson(response, 201, added)
    }
    if (method === 'PATCH' && row !== undefined) row.inactiveFlag = false
    if (method === 'DELETE') table.delete(id)
    answerJson(response, 200, row ?? {})
  })
  const settings = connectwiseSettings.parse({
    baseUrl: server.url,
    companyId: 'acme',
    publicKey: 'p',
    clientId: 'g',
    memberId: 'm',
  })
  const client = createConnectwiseClient({ settings, secrets: { privateKey: 'private-key' }, clock: systemClock })
  open.push(server, client)
  return { table, server, client }
}

const url = 'https://relay.example.com/hooks/connectwise'
const row = (id: number, more: Partial<Row> = {}): Row => ({
  id,
  url: `${url}?recordId=`,
  type: 'ticket',
  level: 'Owner',
  objectId: 1,
  inactiveFlag: false,
  ...more,
})
const order = { url, entities: ['ticket', 'company'] }

describe('callbacks', () => {
  it('are added where missing, removed where double or unwanted, and switched on again', async () => {
    const foreign = row(9, { url: `${url}2?recordId=` })
    const { table, client } = await start([
      row(1, { inactiveFlag: true }),
      row(2),
      row(3, { type: 'invoice' }),
      row(4, { type: 'company', level: 'status' }),
      foreign,
    ])
    expect(await ensureCallbacks(client, order, createContext())).toEqual({
      ok: true,
      value: { kept: 1, added: ['company'], removed: ['ticket', 'invoice', 'company'], enabledAgain: ['ticket'] },
    })
    const left = [...table.values()]
    expect(left.map(({ type, inactiveFlag }) => [type, inactiveFlag])).toEqual([
      ['ticket', false],
      ['ticket', false],
      ['company', false],
    ])
    expect(table.get(9)).toEqual(foreign)
    expect(left.at(-1)).toMatchObject({
      url: `${url}?recordId=`,
      level: 'owner',
      objectId: 1,
      isSelfSuppressedFlag: true,
    })
  })

  it('are left alone when all is well', async () => {
    const { server, client } = await start([row(1), row(2, { type: 'Company' })])
    expect(await ensureCallbacks(client, order, createContext())).toEqual({
      ok: true,
      value: { kept: 2, added: [], removed: [], enabledAgain: [] },
    })
    expect(server.received.map((one) => one.method)).toEqual(['GET'])
  })
})

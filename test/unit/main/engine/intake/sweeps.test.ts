import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import { furnishSandbox } from '#main/engine/configure/furnish.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { startEngineIn } from '#test/support/engine.ts'
import { LeapingClock } from '#test/support/leaping-clock.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'

const connectwise = 'connectwise' as ConnectionId
const quarterMs = 15 * 60_000

type Fields = Readonly<Record<string, unknown>>

let sandbox: Sandbox
let folder: ReturnType<typeof temporaryFolder>
let clock: LeapingClock
let engine: Engine
let company: string
let account: string

beforeEach(async () => {
  // It is given no receiver, so whatever changes is announced to nobody.
  sandbox = await startSandbox({ seed: 7 })
  folder = temporaryFolder()
  clock = new LeapingClock()
  engine = await start()
  await furnishSandbox(engine, sandbox.addresses)
  await engine.sweeps.look()
  const records = await ask<Fields[]>(`${sandbox.addresses.salesforceUrl}/sandbox/records/Account`)
  const linked = records.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
  account = String(linked?.['Id'])
  company = String(linked?.['ConnectWise_Id__c'])
})
afterEach(async () => {
  await engine.stop()
  await sandbox.close()
  folder.remove()
})

function start(): Promise<Engine> {
  return startEngineIn(folder.path, { clock, sandbox: sandbox.addresses })
}

async function ask<T>(url: string, method = 'GET', body?: Fields): Promise<T> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  expect(answer.ok).toBe(true)
  return (await answer.json()) as T
}

/** By callback alone, so that the queue in the database does not bring it. */
function changeWebsite(website: string): Promise<unknown> {
  const { connectwiseUrl } = sandbox.addresses
  return ask(`${connectwiseUrl}/sandbox/records/company/${company}?via=callback`, 'PATCH', { website })
}

async function websiteIs(website: string): Promise<boolean> {
  const { salesforceUrl } = sandbox.addresses
  return (await ask<Fields>(`${salesforceUrl}/sandbox/records/Account/${account}`))['Website'] === website
}

it('finds by itself what was changed while the relay was off, and carries it over', async () => {
  await engine.stop()
  await changeWebsite('https://missed.example.com')
  clock.leap(quarterMs)
  engine = await start()
  await engine.sweeps.look()
  expect(await websiteIs('https://missed.example.com'), 'what waited for the relay comes first').toBe(false)
  clock.leap(60_000)
  await engine.sweeps.look()
  await until('it is carried over', () => websiteIs('https://missed.example.com'))
})

it('is told to look by a person, finds what is missing, and finds nothing twice', async () => {
  await changeWebsite('https://missed.example.com')
  clock.leap(quarterMs)
  expect(await engine.findMissed(connectwise)).toEqual({ ok: true, value: 1 })
  await until('it is carried over', () => websiteIs('https://missed.example.com'))
  expect(await engine.findMissed(connectwise)).toEqual({ ok: true, value: 0 })
})

it('does not knock at a system that is paused, and says why', async () => {
  await engine.pause({ scope: 'connection', id: connectwise }, 'Works in the rack', 'ann')
  clock.leap(quarterMs)
  expect(await engine.findMissed(connectwise)).toMatchObject({
    ok: false,
    reason: 'ConnectWise (sandbox) is paused.',
  })
  await engine.resume({ scope: 'connection', id: connectwise }, 'ann')
  await sandbox.setFault('connectwise', { kind: 'down' })
  expect(await engine.findMissed(connectwise)).toMatchObject({ ok: false, code: 'CONFLICT' })
  await sandbox.setFault('connectwise', null)
  expect(await engine.findMissed('nobody' as ConnectionId)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
})

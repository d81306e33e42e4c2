import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import { furnishSandbox } from '#main/engine/configure/furnish.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import type { Alert } from '#shared/domain/alert.ts'
import type { AlertId, ConnectionId } from '#shared/domain/ids.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { startEngineIn } from '#test/support/engine.ts'
import { LeapingClock } from '#test/support/leaping-clock.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'

let sandbox: Sandbox
let folder: ReturnType<typeof temporaryFolder>
let clock: LeapingClock
let engine: Engine
let reader: Reader
let changes = 0

beforeEach(async () => {
  sandbox = await startSandbox({ seed: 7 })
  folder = temporaryFolder()
  clock = new LeapingClock()
  engine = await start()
  await furnishSandbox(engine, sandbox.addresses)
})
afterEach(async () => {
  await engine.stop()
  await reader.close()
  await sandbox.close()
  folder.remove()
})

async function start(): Promise<Engine> {
  const started = await startEngineIn(folder.path, { clock, sandbox: sandbox.addresses })
  reader = openReader(started.databaseFile)
  return started
}

async function restart(): Promise<void> {
  await engine.stop()
  await reader.close()
  engine = await start()
}

/** The next minute begins. */
async function nextMinute(): Promise<void> {
  clock.leap(minuteMs)
  await engine.alerts.tick()
}

async function renameAccount(): Promise<void> {
  changes += 1
  const systemModstamp = new Date(clock.now() + changes * 1_000).toISOString()
  const { account } = await sandboxAccount()
  const event = {
    eventId: `e-${changes}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId: account,
    systemModstamp,
    record: { Id: account, Name: `Name ${changes}`, SystemModstamp: systemModstamp },
  }
  const { status } = await sendSalesforce(engine.receiverUrl, sandbox.addresses.signingSecret, event)
  expect(status).toBe(200)
}

async function sandboxAccount(): Promise<{ readonly account: string }> {
  const answer = await fetch(`${sandbox.addresses.salesforceUrl}/sandbox/records/Account`)
  const records = (await answer.json()) as readonly Record<string, unknown>[]
  const linked = records.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
  return { account: String(linked?.['Id']) }
}

async function alertsOf(ruleId: string): Promise<Alert[]> {
  const query = { before: Number.MAX_SAFE_INTEGER, limit: 50, ruleId }
  return (await reader.read('listAlerts', query)).items
}

async function toldOf(id: AlertId): Promise<readonly string[]> {
  const alert = await reader.read('getAlert', id)
  return alert?.notifications.map(({ reason }) => reason) ?? []
}

const isConnectWise = (state: string): boolean =>
  engine.health().connections.some((one) => one.id === 'connectwise' && one.state === state)

it('opens an alert while ConnectWise refuses the sign-in, keeps it over a restart, and says when it is over', async () => {
  await nextMinute()
  expect(engine.health().alerts).toEqual({ open: 0, acknowledged: 0, worst: null })
  await sandbox.setFault('connectwise', { kind: 'unauthorized' })
  await renameAccount()
  await until('the sign-in is refused', () => isConnectWise('down'))
  await nextMinute()
  const [opened] = await alertsOf('sign-in')
  expect(opened).toMatchObject({
    state: 'open',
    severity: 'critical',
    subject: { kind: 'connection', id: 'connectwise', name: 'ConnectWise (sandbox)' },
    sentence: 'ConnectWise (sandbox) refuses the sign-in, so nothing is sent to it.',
    place: { screen: 'connections', filter: 'connection:connectwise' },
  })
  expect(engine.health().alerts).toMatchObject({ open: 1, worst: 'critical' })

  await restart()
  await nextMinute()
  await nextMinute()
  expect(await alertsOf('sign-in')).toMatchObject([{ id: opened?.id, state: 'open' }])
  expect(await alertsOf('restart')).toMatchObject([
    { sentence: 'Patchbay was started anew once in the last 5 minutes.' },
  ])

  await sandbox.setFault('connectwise', null)
  // Beyond the wait for its next probe; a pause that ends wakes the workers, whose timers did not leap.
  clock.leap(2 * minuteMs)
  await engine.pause({ scope: 'everything', id: '' }, 'Wakes.', 'ada')
  await engine.resume({ scope: 'everything', id: '' }, 'ada')
  await until('ConnectWise is well', () => isConnectWise('ok'))
  await nextMinute()
  expect(await alertsOf('sign-in')).toMatchObject([
    {
      id: opened?.id,
      state: 'resolved',
      sentence: 'ConnectWise (sandbox) refused the sign-in, so nothing was sent to it.',
    },
  ])
  expect(await toldOf(opened?.id as AlertId)).toEqual(['opened', 'resolved'])
}, 60_000)

it('does not take it for an end that nobody has asked Salesforce since a restart', async () => {
  await sandbox.setFault('salesforce', { kind: 'quota' })
  await engine.testConnection('salesforce' as ConnectionId)
  await nextMinute()
  const [opened] = await alertsOf('budget-90')
  expect(opened).toMatchObject({ state: 'open', subject: { id: 'salesforce' } })
  await restart()
  for (let minute = 0; minute < 17; minute++) await nextMinute()
  expect(await alertsOf('budget-90')).toMatchObject([{ id: opened?.id, state: 'open', reopened: 0 }])
  expect(await toldOf(opened?.id as AlertId)).toEqual(['opened'])
  await sandbox.setFault('salesforce', null)
  await engine.testConnection('salesforce' as ConnectionId)
  await nextMinute()
  expect(await alertsOf('budget-90')).toMatchObject([{ id: opened?.id, state: 'resolved' }])
}, 60_000)

it('does not speak of what a person has paused', async () => {
  await engine.pause({ scope: 'connection', id: 'connectwise' }, 'Works there.', 'ada')
  await renameAccount()
  for (let minute = 0; minute < 14; minute++) await nextMinute()
  expect(await alertsOf('lag')).toEqual([])
  await engine.resume({ scope: 'connection', id: 'connectwise' }, 'ada')
  await sandbox.setFault('connectwise', { kind: 'down' })
  await renameAccount()
  await until('ConnectWise is down', () => isConnectWise('down'))
  for (let minute = 0; minute < 12; minute++) await nextMinute()
  expect(await alertsOf('lag')).toMatchObject([{ state: 'open', subject: { id: 'connectwise' } }])
}, 60_000)

it('brings rules for a start once, and never again what somebody removed', async () => {
  const before = await reader.read('listRules')
  expect(before.length).toBeGreaterThan(8)
  for (const rule of before) expect(engine.alerts.unfit(rule)).toBeNull()
  expect(await engine.alerts.removeRule(before[0]?.id as never, 'ada')).toBe(true)
  await restart()
  expect(await reader.read('listRules')).toEqual(before.slice(1))
}, 60_000)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { byHand } from '#main/alerts/by-hand.ts'
import { makeSigningSecret } from '#main/alerts/channels/webhook.ts'
import { saveRule } from '#main/store/alerts.ts'
import { saveChannel } from '#main/store/channels.ts'
import { Store } from '#main/store/store.ts'
import type { AlertId, ChannelId } from '#shared/domain/ids.ts'
import { minuteMs, minuteOf } from '#shared/logic/rule-history.ts'
import { endsWithUs } from '#test/support/children.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { startLoopback, type Loopback } from '#test/unit/main/connectors/loopback.ts'
import type { TellingOrder, TellingPoint } from './doomed-teller.ts'
import { heldRule } from '#test/support/held-rule.ts'

const signingSecret = makeSigningSecret()
const first = minuteOf(Date.now()) - 5 * minuteMs
const rule = heldRule({ severity: 'critical', channels: ['hook'] })

let folder: ReturnType<typeof temporaryFolder>
let peer: Loopback
beforeEach(async () => {
  folder = temporaryFolder()
  peer = await startLoopback((_, response) => void response.writeHead(200).end('ok'))
  await inStore((store) =>
    store.write((tx) => {
      saveRule(tx, rule, 1)
      const hook = { id: 'hook' as ChannelId, name: 'Hook', enabled: true, kind: 'webhook', settings: {} } as const
      saveChannel(tx, hook, 1)
    }),
  )
})
afterEach(async () => {
  await peer.close()
  folder.remove()
})

const databaseFile = (): string => join(folder.path, 'patchbay.db')

async function inStore<T>(work: (store: Store) => T | Promise<T>): Promise<T> {
  const store = new Store(databaseFile())
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Runs a process that watches and tells; answers how it ended. */
async function run(point: TellingPoint | null, minutes: readonly number[], isWell = false): Promise<string> {
  const entry = new URL('./doomed-teller.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  endsWithUs(child)
  const order: TellingOrder = {
    databaseFile: databaseFile(),
    webhook: { url: peer.url, signingSecret },
    minutes,
    isWell,
    point,
  }
  child.send(order)
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal ?? String(code)
}

interface Seen {
  readonly alerts: number
  readonly steps: readonly string[]
  readonly messages: readonly string[]
}

function seen(): Promise<Seen> {
  return inStore((store) =>
    store.read((tx) => ({
      alerts: tx.all('select 1 from alerts').length,
      steps: tx.all<{ what: string }>('select what from alert_steps order by id').map(({ what }) => what),
      messages: tx.all<{ state: string }>('select state from notifications order by id').map(({ state }) => state),
    })),
  )
}

/** How often the other side gets the message: again only where nobody could know that it had it, and always under the same id. */
it.each<[TellingPoint, readonly number[]]>([
  ['opening', [1]],
  ['opened', [1]],
  ['beginning', [1]],
  ['begun', [1]],
  ['sending', [1, 2]],
  ['answered', [2]],
  ['noting', [2]],
  ['noted', [1]],
])('killed at %s, opens one alert and has it told', { timeout: 60_000 }, async (point, times) => {
  expect(await run(point, [first])).toBe('SIGKILL')
  expect(await run(null, [first, first + minuteMs])).toBe('0')
  expect(await seen()).toEqual({ alerts: 1, steps: ['opened'], messages: ['sent'] })
  expect(times).toContain(peer.received.length)
  expect(new Set(peer.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(await run(null, [first + 2 * minuteMs])).toBe('0')
  expect(times).toContain(peer.received.length)
})

it(
  'tells again, and then of the end, when somebody has acknowledged what a killed relay had told',
  {
    timeout: 60_000,
  },
  async () => {
    expect(await run('answered', [first])).toBe('SIGKILL')
    const desk = { now: first + minuteMs, site: { connections: [], sources: [], routes: [] } }
    expect(
      await inStore((store) => store.write((tx) => byHand(tx, desk).acknowledge(1 as AlertId, '', 'console'))),
    ).toBe('done')
    expect(await run(null, [first + 2 * minuteMs], true)).toBe('0')
    const heard = peer.received.map(({ body, headers }) => [
      headers['webhook-id'],
      (JSON.parse(body) as { type: string }).type,
    ])
    const [[id] = []] = heard
    expect(heard).toEqual([
      [id, 'alert.opened'],
      [id, 'alert.opened'],
      [expect.not.stringMatching(`^${String(id)}$`), 'alert.resolved'],
    ])
    expect((await seen()).steps).toEqual(['opened', 'acknowledged', 'resolved'])
  },
)

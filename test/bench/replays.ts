import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ReplayDetail, ReplayReceipt } from '#shared/domain/replay.ts'
import { fillDatabase } from '#test/support/big-database.ts'
import { furnishHost } from '#test/support/furnish.ts'
import type { Headless } from '#test/support/headless.ts'
import { below, none } from './figure.ts'
import type { Ground } from './ground.ts'
import { percentiles } from './load.ts'
import { definePart, type Part } from './part.ts'
import { accountEvent, sendSteadily, type SteadyResult } from './steady.ts'

const perSecond = 100
/** Webhooks are about so many records: as each new one costs a call of Salesforce's day, a slow drain would use that up. */
const records = 500
const idleSeconds = 10
const drainBoundMs = 1_200_000
const lookEveryMs = 3_000

/** How long senders wait for their answer while a large replay is worked off, and just before it. */
export function replaysPart(isQuick: boolean): Part {
  const count = isQuick ? 5_000 : 50_000
  const label = `acknowledgement while ${count.toLocaleString('en')} replays drain`
  return definePart({
    about: `${count.toLocaleString('en')} replays, and ${perSecond} webhooks a second beside them`,
    aims: {
      idleP99: { name: `acknowledgement before the replays, p99`, unit: 'ms' },
      p50: { name: `${label}, p50`, unit: 'ms' },
      p99: { name: `${label}, p99`, unit: 'ms', bar: below(25) },
      slower: { name: `${label}, ratio of p99 to before`, unit: 'x' },
      refused: { name: `${label}, refused`, unit: '', bar: none },
      left: { name: 'replays that did not end delivered', unit: '', bar: none },
      rate: { name: 'replays drained beside the webhooks', unit: '/s' },
    },
    measure: (ground) => measureReplays(ground, count),
  })
}

async function measureReplays(ground: Ground, count: number) {
  const folder = ground.folder()
  ground.say(`writing ${count.toLocaleString('en')} delivered events`)
  await fillDatabase(join(folder, 'patchbay.db'), { events: count, pending: 0, newestAt: Date.now() })
  const sandbox = await ground.sandbox()
  const host = await ground.host(folder)
  await furnishHost(host, sandbox)
  const send = (series: string, isOver: (count: number) => boolean): Promise<SteadyResult> =>
    sendSteadily({
      receiverUrl: host.receiverUrl,
      secret: sandbox.signingSecret,
      perSecond,
      isOver,
      event: (number) => accountEvent(series, number, number % records).event,
    })
  const before = await send('Before', (sent) => sent >= perSecond * idleSeconds)

  const started = performance.now()
  const { replayId } = await order(host, count)
  let isDrained = false
  const [during, end] = await Promise.all([
    send('During', () => isDrained),
    drain(ground, host, replayId).finally(() => (isDrained = true)),
  ])
  const seconds = (performance.now() - started) / 1_000
  const [idle, busy] = [percentiles(before.answerMs), percentiles(during.answerMs)]
  return {
    idleP99: idle.p99,
    ...busy,
    slower: busy.p99 / idle.p99,
    refused: before.refused + during.refused,
    left: count - end.delivered,
    rate: end.delivered / seconds,
  }
}

/** The values as they came: the simulated Salesforce knows nothing of these records. The webhooks sent before take no part. */
function order(host: Headless, count: number): Promise<ReplayReceipt> {
  const filter = { routeId: 'account-to-company' }
  const body = { filter, states: ['delivered'], mode: 'as-received', note: 'bench', upTo: count }
  return host.api('/replays', { method: 'POST', body })
}

/** Resolves once everything that a replay took in has ended. Looks seldom, as looking costs what is being measured. */
async function drain(ground: Ground, host: Headless, replayId: number): Promise<ReplayDetail> {
  const deadline = performance.now() + drainBoundMs
  for (;;) {
    await wait(lookEveryMs)
    const now = await host.api<ReplayDetail>(`/replays/${replayId}`)
    if (now.state === 'finished') return now
    ground.say(`${now.delivered} delivered, ${now.waiting + now.open} to go`)
    if (performance.now() > deadline)
      throw new Error(`the replays were not drained within ${drainBoundMs / 60_000} min`)
  }
}

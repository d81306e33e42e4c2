import { drained } from '#test/faults/effects.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { below, none } from './figure.ts'
import type { Ground } from './ground.ts'
import { percentiles } from './load.ts'
import { definePart, type Part } from './part.ts'
import { accountEvent, sendSteadily } from './steady.ts'

interface Call {
  readonly at: string | number
  readonly method: string
  readonly status: number | null
  readonly body: { name?: string } | null
}

export interface EndToEndOptions {
  readonly perMinute: number
  readonly seconds: number
  /** Bar for the 99th percentile (ms). */
  readonly p99Below: number
}

/**
 * From the moment a webhook is sent to the moment the simulated ConnectWise has the new company, at a steady rate.
 *
 * The simulated systems run in a process of their own; both clocks are this machine's.
 */
export function endToEndPart({ perMinute, seconds, p99Below }: EndToEndOptions): Part {
  const label = `end to end at ${perMinute.toLocaleString('en')}/min`
  return definePart({
    about: `${perMinute.toLocaleString('en')} webhooks a minute for ${seconds} s, each to become a company`,
    aims: {
      sentRate: { name: `${label}, rate sent`, unit: '/min' },
      writtenRate: { name: `${label}, rate written`, unit: '/min' },
      refused: { name: `${label}, refused`, unit: '', bar: none },
      lost: { name: `${label}, lost`, unit: '', bar: none },
      doubled: { name: `${label}, doubled`, unit: '', bar: none },
      p50: { name: `${label}, p50`, unit: 'ms' },
      p99: { name: `${label}, p99`, unit: 'ms', bar: below(p99Below) },
      answerP99: { name: `${label}, answer p99`, unit: 'ms' },
    },
    measure: (ground) => measureEndToEnd(ground, perMinute, seconds),
  })
}

async function measureEndToEnd(ground: Ground, perMinute: number, seconds: number) {
  const sandbox = await ground.sandbox()
  const host = await ground.host()
  await furnishHost(host, sandbox)
  const total = Math.round((perMinute / 60) * seconds)
  const sentAt = new Map<string, number>()
  const traffic = await sendSteadily({
    receiverUrl: host.receiverUrl,
    secret: sandbox.signingSecret,
    perSecond: perMinute / 60,
    isOver: (count) => count === total,
    event: (count) => {
      const { name, event } = accountEvent('Bench', count)
      sentAt.set(name, Date.now())
      return event
    },
  })
  ground.say(`${traffic.sent} sent, waiting for the last to arrive`)
  await drained(host, 300_000)
  const calls = (await (await fetch(`${sandbox.connectwiseUrl}/sandbox/calls`)).json()) as Call[]
  return {
    sentRate: (traffic.sent / traffic.seconds) * 60,
    refused: traffic.refused,
    answerP99: percentiles(traffic.answerMs).p99,
    ...arrivals(sentAt, calls),
  }
}

function arrivals(sentAt: ReadonlyMap<string, number>, calls: readonly Call[]) {
  const times: number[] = []
  const arrived = new Set<string>()
  let lastAt = 0
  for (const { at, method, status, body } of calls) {
    const sent = sentAt.get(body?.name ?? '')
    if (method !== 'POST' || sent === undefined || status === null || status >= 300) continue
    const writtenAt = new Date(at).getTime()
    lastAt = Math.max(lastAt, writtenAt)
    times.push(writtenAt - sent)
    arrived.add(body?.name ?? '')
  }
  const [firstAt = 0] = sentAt.values()
  return {
    writtenRate: (times.length / (lastAt - firstAt)) * 60_000,
    lost: sentAt.size - arrived.size,
    doubled: times.length - arrived.size,
    ...percentiles(times),
  }
}

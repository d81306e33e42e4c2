import { setTimeout as wait } from 'node:timers/promises'
import type { EventSummary } from '#shared/domain/event.ts'
import { percentiles } from '#test/bench/load.ts'
import type { Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'
import { accountLetter, flood, type FloodTarget } from './flood.ts'

/** Sends changes of records of their own, one at a time and evenly spaced; answers the 99th percentile of the time from receipt to end (ms). */
export async function neighboursP99(
  host: Pick<Bridge['host'], 'api'>,
  target: FloodTarget,
  name: string,
  count: number,
  everyMs: number,
): Promise<number> {
  const letters = Array.from({ length: count }, (_, record) => accountLetter(name, record, 0))
  for (const letter of letters) {
    await flood(target, [letter], 1)
    await wait(everyMs)
  }
  const times: number[] = []
  for (const { recordId } of letters) {
    const event = await until(`the end of ${recordId}`, async () => {
      const { items } = await host.api<{ items: EventSummary[] }>(`/events?recordId=${recordId}`)
      return items.find((one) => one.endedAt !== null)
    })
    times.push((event.endedAt ?? Number.NaN) - event.receivedAt)
  }
  return percentiles(times).p99
}

import type { Bridge } from '#test/support/bridge.ts'
import { drained, effectOf, queueOf, type FloodEffect } from './effects.ts'
import { accountLetter, flood } from './flood.ts'
import { neighboursP99 } from './neighbours.ts'

const neighbours = 40

/** What became of many changes of one record. */
export interface BusyRecord extends Pick<FloodEffect, 'disorder' | 'writes'> {
  /** The newest version at the other side, and how often the record was created there. */
  readonly newest: number | undefined
  readonly created: number | undefined
  readonly dead: number
  /** Changes that were still to come when those of other records, which came in after them, had ended. */
  readonly left: number
}

/** Sends many changes of one record, and meanwhile changes of others; prints what these take, and what they take in peace. */
export async function carryOverBusyRecord(bridge: Bridge, changes: number): Promise<BusyRecord> {
  const target = { receiverUrl: bridge.host.receiverUrl, signingSecret: bridge.sandbox.signingSecret }
  const inPeace = await neighboursP99(bridge.host, target, 'Calm', neighbours, 25)
  const letters = Array.from({ length: changes }, (_, version) => accountLetter('Busy', 0, version))
  const arrays = Array.from({ length: Math.ceil(changes / 100) }, (_, at) => letters.slice(at * 100, at * 100 + 100))
  await flood(target, arrays, 1)
  const beside = await neighboursP99(bridge.host, target, 'Beside', neighbours, 25)
  const { pending, leased, waiting } = await queueOf(bridge.host)
  process.stdout.write(`${changes} changes of one record: others take ${beside} ms (p99), in peace ${inPeace} ms\n`)
  await drained(bridge.host, 900_000)
  const { disorder, newest, created, writes } = await effectOf(bridge.sandbox.connectwiseUrl, 'Busy')
  const { dead } = await queueOf(bridge.host)
  return {
    disorder,
    writes,
    newest: newest.get(0),
    created: created.get(0),
    dead,
    left: pending + leased + waiting,
  }
}

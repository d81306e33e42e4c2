import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchAt } from '#main/store/event-match.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import { Store } from '#main/store/store.ts'
import { eventJudge } from '#shared/logic/judge-event.ts'
import { fixTimes } from '#shared/logic/fixed-times.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'
import { insertDelivery, insertEvent, refusal } from '#test/contract/rows.ts'
import { eventOf } from '#test/unit/renderer/state/samples.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const now = 10_000_000
const judge = (typed: string, ...change: Parameters<typeof eventOf>) =>
  eventJudge(parseFilter(typed).filter)(eventOf(...change), now)

describe('an event is judged', () => {
  it.each<[string, boolean | null]>([
    ['', true],
    ['state:delivered', true],
    ['state:dead', false],
    ['-state:dead system:sf entity:ACCOUNT action:updated', true],
    ['acme', true],
    ['ACM 001', true],
    ['-acme', false],
    ['nowhere', false],
    ['route:a', null],
    ['route:a state:dead', false],
    ['-route:a', null],
    ['cw:5', null],
    ['error:x', null],
    ['result:updated', true],
    ['result:created', null],
    ['-result:updated', false],
    ['-result:created', null],
  ])('by %j: %j', (typed, verdict) => {
    expect(judge(typed, 1)).toBe(verdict)
  })

  it('by a word that may stand in its failure: only the host can tell', () => {
    expect(judge('nowhere', 1, { state: 'dead' })).toBe(null)
    expect(judge('-nowhere', 1, { state: 'open' })).toBe(null)
    expect(judge('acme', 1, { state: 'dead' })).toBe(true)
  })

  it('by the times of the filter', () => {
    const at = (receivedAt: number) => judge('since:2h until:1h', 1, { receivedAt })
    const hour = 3_600_000
    expect([now - 2 * hour - 1, now - 2 * hour, now - hour - 1, now - hour].map(at)).toEqual([false, true, true, false])
  })
})

describe('what is judged here and by the host', () => {
  const folder = temporaryFolder()
  let store: Store
  let reader: Reader
  const titles = ['Acme Dental', 'ÜBER GmbH', 'über gmbh', '50% off', null]
  const states = ['open', 'dead', 'delivered', 'stored'] as const

  beforeAll(async () => {
    store = new Store(join(folder.path, 'judge.db'))
    reader = openReader(store.file)
    await store.write((tx) => {
      for (const [at, title] of [...titles, ...titles].entries()) {
        const state = states[at % states.length] ?? 'open'
        const connectwise = { system: 'connectwise', entity: 'ticket', sourceId: 'callbacks' } as const
        const id = insertEvent(tx, { title, state, recordId: `0${at}`, ...(at % 3 === 0 && connectwise) })
        tx.run('update events set received_at = ? where id = ?', now - at * 1_000, id)
        if (state === 'dead') insertDelivery(tx, id, { failure: refusal })
        if (state === 'delivered') insertDelivery(tx, id, { state: 'delivered', result: 'updated' })
      }
    })
  })
  afterAll(async () => {
    await reader.close()
    await store.close()
    folder.remove()
  })

  const part = fc.constantFrom(
    'state:dead',
    'state:open',
    '-state:delivered',
    'system:cw',
    '-system:cw',
    'entity:TICKET',
    '-entity:account',
    'source:callbacks',
    'action:updated',
    'record:03',
    'acme',
    'dental',
    'über',
    'ÜBER',
    '%',
    '-gmbh',
    'missing',
    '-missing',
    'result:updated',
    '-result:created',
    'route:accounts',
    'error:missing',
    'since:1h',
    'until:1h',
  )

  it('never differ', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
        const filter = fixTimes(parseFilter(parts.join(' ')).filter, now)
        const list = async (match: object) =>
          (await reader.read('listEvents', { ...match, before: Number.MAX_SAFE_INTEGER, limit: 100 })).items
        const fitting = new Set((await list(matchAt(filter, now))).map(({ id }) => id))
        const verdict = eventJudge(filter)
        const wrong = (await list({})).filter((event) => {
          const told = verdict(event, now)
          return told !== null && told !== fitting.has(event.id)
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
